package dev.mixedmodels.engine.likelihood;

/** Where the search for theta begins. */
final class StartValues {
    private static final double[] STANDARD_DEVIATIONS = {0.7, 0.1, 7};

    private StartValues() {
    }

    /**
     * The best optimum from the first start that converges to an interior point; if none does, the best of all.
     */
    static PlsOptimiser.Result best(final PenalisedLeastSquares pls, final PlsOptimiser optimiser) {
        PlsOptimiser.Result best = null;
        for (final double deviation : STANDARD_DEVIATIONS) {
            final PlsOptimiser.Result result = optimiser.minimise(pls, spherical(pls.factors(), deviation));
            if (best == null || result.optimum().value() < best.optimum().value()) {
                best = result;
            }
            if (result.optimum().converged() && result.free().length == result.theta().length) {
                break;
            }
        }
        return best;
    }

    /** The theta whose Lambda is nearest to a multiple of the identity. */
    static double[] spherical(final RelativeFactors factors, final double deviation) {
        final double[] theta = new double[factors.parameters()];
        for (int a = 0; a < theta.length; a++) {
            final double[] e = factors.basis()[a];
            final int q = factors.effects()[factors.factor()[a]];
            double onDiagonal = 0;
            double square = 0;
            for (int i = 0; i < q * q; i++) {
                onDiagonal += i % (q + 1) == 0 ? e[i] : 0;
                square += e[i] * e[i];
            }
            theta[a] = deviation * onDiagonal / square;
        }
        return theta;
    }
}
