package dev.mixedmodels.engine.inference;

/** Estimates and their covariance as another inference has them, with degrees of freedom of its own. */
interface OtherDf extends FixedInference {
    /**
     * @return estimates and their covariance, of the coefficients of X
     */
    FixedInference inner();

    @Override
    default double[] estimates() {
        return inner().estimates();
    }

    @Override
    default double[][] covariance() {
        return inner().covariance();
    }

    @Override
    default double estimate(final double[] contrast) {
        return inner().estimate(contrast);
    }

    @Override
    default double variance(final double[] contrast) {
        return inner().variance(contrast);
    }

    @Override
    default double covariance(final double[] one, final double[] other) {
        return inner().covariance(one, other);
    }

    /**
     * @param contrasts functions of the coefficients
     * @param df denominator degrees of freedom
     * @return the inner F test with these
     */
    default FTest test(final double[][] contrasts, final double df) {
        final FTest test = inner().test(contrasts);
        return FTest.of(test.f(), test.numDf(), Double.isNaN(test.f()) ? Double.NaN : df);
    }
}
