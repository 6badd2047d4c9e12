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
        return at(n, new Argument((map.rho() + theta[1]) / 2, new double[] {map.first() / 2, 0.5},
            new double[] {map.second() / 2, 0, 0}),
            new Argument(map.rho(), new double[] {map.first(), 0}, new double[] {map.second(), 0, 0}));
    }

    /**
     * A function of the two parameters.
     *
     * @param value the value
     * @param first derivatives by the one and the other
     * @param second derivatives by the one twice, both, the other twice
     */
    record Argument(double value, double[] first, double[] second) {
    }

    /** The matrix as a function of two parameters. */
    static CovariancePoint at(final int n, final Argument gamma, final Argument rho) {
        return new CovariancePoint() {
            @Override
            public void value(final double[] v) {
                ToeplitzMatrix.fill(v, n, m -> m == 0 ? 1 : gamma.value * Math.pow(rho.value, m - 1.0));
            }

            @Override
            public void first(final int k, final double[] out) {
                ToeplitzMatrix.fill(out, n, m -> m == 0 ? 0
                    : gamma.first[k] * power(m - 1, 0) + gamma.value * power(m - 1, 1) * rho.first[k]);
            }

            @Override
            public boolean second(final int k, final int l, final double[] out) {
                ToeplitzMatrix.fill(out, n, m -> m == 0 ? 0 : gamma.second[k + l] * power(m - 1, 0)
                    + (gamma.first[k] * rho.first[l] + gamma.first[l] * rho.first[k]
                        + gamma.value * rho.second[k + l]) * power(m - 1, 1)
                    + gamma.value * rho.first[k] * rho.first[l] * power(m - 1, 2));
                return true;
            }

            /** The derivative of rho^k of some order. */
            private double power(final int k, final int order) {
                double factor = 1;
                for (int d = 0; d < order; d++) {
                    factor *= k - d;
                }
                return factor == 0 ? 0 : factor * Math.pow(rho.value, k - order);
            }
        };
    }
}
