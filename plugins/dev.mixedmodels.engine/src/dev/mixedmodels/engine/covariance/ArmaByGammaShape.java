package dev.mixedmodels.engine.covariance;

/**
 * {@link ArmaShape} in parameters of which gamma is one, so that it can be held: theta = (artanh gamma, w) with
 * rho = gamma + (1 - |gamma|) w, -1 &lt;= w &lt;= 1, which is |2 gamma - rho| &lt;= 1. It has a kink at gamma = 0, where all
 * w are the same matrix, so the criterion is maximised over {@link ArmaShape} instead.
 *
 * @param dimension n, at least 3
 */
record ArmaByGammaShape(int dimension) implements CovarianceStructure {

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
        final double[] theta = new ArmaShape(dimension).near(v);
        final double rho = Math.tanh(theta[0]);
        final double gamma = (rho + theta[1]) / 2;
        return new double[] {CorrelationMap.artanh(gamma), (rho - gamma) / (1 - Math.abs(gamma))};
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final CorrelationMap gamma = CorrelationMap.tanh(theta[0]);
        final double room = 1 - Math.abs(gamma.rho());
        final double sign = Math.signum(gamma.rho());
        final double slope = 1 - sign * theta[1];
        return ArmaShape.at(dimension,
            new ArmaShape.Argument(gamma.rho(), new double[] {gamma.first(), 0}, new double[] {gamma.second(), 0, 0}),
            new ArmaShape.Argument(gamma.rho() + room * theta[1], new double[] {gamma.first() * slope, room},
                new double[] {gamma.second() * slope, -sign * gamma.first(), 0}));
    }
}
