package dev.mixedmodels.engine.inference;

/**
 * The same denominator degrees of freedom for every hypothesis: residual (N - p) or infinite (asymptotic).
 *
 * @param estimates of the coefficients, length p
 * @param covariance their covariance, p x p
 * @param df degrees of freedom, positive, possibly infinite
 */
public record ConstantDf(double[] estimates, double[][] covariance, double df) implements FixedInference {
    @Override
    public double df(final double[] contrast) {
        return df;
    }

    @Override
    public FTest test(final double[][] contrasts) {
        final Hypothesis.Wald wald = Hypothesis.wald(contrasts, estimates, covariance);
        return wald.rank() == 0 ? FTest.NONE : FTest.of(wald.meanSquare(), wald.rank(), df);
    }

    @Override
    public StoredInference stored() {
        return new StoredInference(StoredInference.Kind.CONSTANT, estimates, covariance, covariance, null, null,
            new double[] {df}, null, null);
    }
}
