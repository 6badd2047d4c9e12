package dev.mixedmodels.engine.covariance;

/**
 * First-order autoregression and moving average over n equally spaced rows: correlation gamma rho^(|i-j|-1). It is that
 * of a process for any n where gamma = (rho + u) / 2 with -1 &lt; rho &lt; 1 and -1 &lt;= u &lt;= 1: u = rho is AR(1),
 * u = -rho no correlation, and at u = 1 and -1 the moving average is not invertible. theta = (artanh rho, u).
 * <p>
 * Source: Box, Jenkins &amp; Reinsel (1994) Time Series Analysis, section 3.4.3, where the spectral density
 * 1 + 2 gamma (cos w - rho) / (1 - 2 rho cos w + rho^2) is not negative at w = 0 and pi.
 * <p>
 * By gamma, so that it can be held: theta = (artanh gamma, w) with rho = gamma + (1 - |gamma|) w, -1 &lt;= w &lt;= 1,
 * which is |2 gamma - rho| &lt;= 1. That has a kink at gamma = 0, where all w are the same matrix, so the criterion is
 * maximised over the other form.
 *
 * @param dimension n, at least 3
 * @param byGamma whether gamma is a parameter
 */
record ArmaShape(int dimension, boolean byGamma) implements CovarianceStructure {
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
        final double first = ToeplitzPoint.meanCorrelation(v, dimension, 1);
        final double rho = first == 0 ? 0 : inside(ToeplitzPoint.meanCorrelation(v, dimension, 2) / first);
        final double u = inside(2 * first - rho);
        final double gamma = (rho + u) / 2;
        return byGamma ? new double[] {ParameterMap.artanh(gamma), (rho - gamma) / (1 - Math.abs(gamma))}
            : new double[] {ParameterMap.artanh(rho), u};
    }

    private static double inside(final double correlation) {
        return Math.max(-INSIDE, Math.min(INSIDE, correlation));
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        if (!byGamma) {
            return at(dimension, theta);
        }
        final Jet gamma = ParameterMap.tanh(theta[0]).jet(0, 2);
        final Jet room = Jet.constant(1, 2).minus(gamma.times(Jet.constant(Math.signum(gamma.value()), 2)));
        return at(dimension, gamma, gamma.plus(room.times(Jet.variable(1, theta[1], 1, 0, 2))));
    }

    @Override
    public CovarianceStructure holding(final ReportedParameter parameter) {
        return new ArmaShape(dimension, parameter.kind() == ReportedParameter.Kind.CORRELATION);
    }

    /** The matrix over any number of rows, also 1 or 2. */
    static CovariancePoint at(final int n, final double[] theta) {
        final Jet rho = ParameterMap.tanh(theta[0]).jet(0, 2);
        final Jet u = Jet.variable(1, theta[1], 1, 0, 2);
        return at(n, rho.plus(u).times(Jet.constant(0.5, 2)), rho);
    }

    private static CovariancePoint at(final int n, final Jet gamma, final Jet rho) {
        return ToeplitzPoint.of(n, 2, lag -> gamma.times(rho.power(lag - 1)));
    }
}
