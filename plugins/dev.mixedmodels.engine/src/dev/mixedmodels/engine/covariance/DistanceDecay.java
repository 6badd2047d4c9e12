package dev.mixedmodels.engine.covariance;

/**
 * Correlations f(u) that fall with the distance u of two rows in units of the range. All are positive definite in up to
 * three dimensions.
 * <p>
 * Source: Cressie (1993) Statistics for Spatial Data, section 2.3; Pinheiro &amp; Bates (2000), section 5.3.2.
 */
enum DistanceDecay {
    /** exp(-u); a correlation of exp(-36.8) = 1e-16 is none. */
    EXPONENTIAL(36.8) {
        @Override
        void at(final double u, final double[] f) {
            f[0] = Math.exp(-u);
            f[1] = -f[0];
            f[2] = f[0];
        }
    },
    /** exp(-u^2). */
    GAUSSIAN(6.07) {
        @Override
        void at(final double u, final double[] f) {
            f[0] = Math.exp(-u * u);
            f[1] = -2 * u * f[0];
            f[2] = (4 * u * u - 2) * f[0];
        }
    },
    /** 1 - 3 u / 2 + u^3 / 2 for u below 1, else 0. Its second derivative jumps at u = 1. */
    SPHERICAL(1) {
        @Override
        void at(final double u, final double[] f) {
            final double inside = Math.max(0, 1 - u);
            f[0] = inside * inside * (1 + u / 2);
            f[1] = -1.5 * inside * (1 + u);
            f[2] = inside > 0 ? 3 * u : 0;
        }
    };

    private final double reach;

    DistanceDecay(final double reach) {
        this.reach = reach;
    }

    /** The u from which there is no correlation. */
    double reach() {
        return reach;
    }

    /** Writes f, f' and f''. */
    abstract void at(double u, double[] f);
}
