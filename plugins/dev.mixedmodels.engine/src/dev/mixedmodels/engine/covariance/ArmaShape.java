package dev.mixedmodels.engine.covariance;

/**
 * First-order autoregression and moving average over n equally spaced rows: correlation gamma rho^(|i-j|-1). It is that
 * of a process for any n where gamma = (rho + u) / 2 with -1 &lt; rho &lt; 1 and -1 &lt;= u &lt;= 1: u = rho is AR(1),
 * u = -rho no correlation, and at u = 1 and -1 the moving average is not invertible. theta = (artanh rho, u).
 * <p>
 * Source: Box, Jenkins &amp; Reinsel (1994) Time Series Analysis, section 3.4.3, where the spectral density
 * 1 + 2 gamma (cos w - rho) / (1 - 2 rho cos w + rho^2) is not negative at w = 0 and pi.
 *
 * @param dimension n, at least 3
 */
record ArmaShape(int dimension) implements CovarianceStructure {
    private static final double INSIDE = 1 - 1e-9;

    @Override
    public int parameters() {
        return 2;
    }

    @Override
    public double lower(final int k) {
        return k == 0 ? Double.NEGATIVE_INFINITY : -1;
    }

    @Override
    public double upper(final int k) {
        return k == 0 ? Double.POSITIVE_INFINITY : 1;
    }

    @Override
    public double[] near(final double[] v) {
        final double gamma = ToeplitzMatrix.meanCorrelation(v, dimension, 1);
        final double rho = gamma == 0 ? 0 : inside(ToeplitzMatrix.meanCorrelation(v, dimension, 2) / gamma);
        return new double[] {CorrelationMap.artanh(rho), inside(2 * gamma - rho)};
    }

    private static double inside(final double correlation) {
        return Math.max(-INSIDE, Math.min(INSIDE, correlation));
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        return at(dimension, theta);
    }

    /** The matrix over any number of rows, also 1 or 2. */
    static CovariancePoint at(final int n, final double[] theta) {
        final CorrelationMap map = CorrelationMap.tanh(theta[0]);
        final double rho = map.rho();
        final double gamma = (rho + theta[1]) / 2;
        return new CovariancePoint() {
            @Override
            public void value(final double[] v) {
                ToeplitzMatrix.fill(v, n, m -> m == 0 ? 1 : gamma * Math.pow(rho, m - 1.0));
            }

            @Override
            public void first(final int k, final double[] out) {
                ToeplitzMatrix.fill(out, n, m -> m == 0 ? 0 : k == 0 ? map.first() * byRho(m) : power(m - 1, 0) / 2);
            }

            @Override
            public boolean second(final int k, final int l, final double[] out) {
                if (k == 1 && l == 1) {
                    return false;
                }
                ToeplitzMatrix.fill(out, n, m -> m == 0 ? 0 : k == l
                    ? map.second() * byRho(m) + map.first() * map.first() * (power(m - 1, 1) + gamma * power(m - 1, 2))
                    : map.first() * power(m - 1, 1) / 2);
                return true;
            }

            /** d gamma rho^(m-1) / d rho at a fixed u. */
            private double byRho(final int m) {
                return power(m - 1, 0) / 2 + gamma * power(m - 1, 1);
            }

            /** The derivative of rho^k of some order. */
            private double power(final int k, final int order) {
                double factor = 1;
                for (int d = 0; d < order; d++) {
                    factor *= k - d;
                }
                return factor == 0 ? 0 : factor * Math.pow(rho, k - order);
            }
        };
    }
}
