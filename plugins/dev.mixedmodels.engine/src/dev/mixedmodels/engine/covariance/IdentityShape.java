package dev.mixedmodels.engine.covariance;

/** The identity matrix: no correlation, no parameter. */
record IdentityShape(int dimension) implements CovarianceStructure {

    @Override
    public int parameters() {
        return 0;
    }

    @Override
    public double[] near(final double[] v) {
        return new double[0];
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        return ToeplitzPoint.of(dimension, 0, lag -> Jet.constant(0, 0));
    }
}
