package dev.mixedmodels.engine.inference;

/**
 * The same denominator degrees of freedom for every hypothesis: residual (N - p) or infinite (asymptotic).
 */
public final class ConstantDf implements FixedInference {
    private final double[] beta;
    private final double[][] phi;
    private final double df;

    /**
     * @param beta estimates, length p
     * @param phi their covariance, p x p
     * @param df degrees of freedom, positive, possibly infinite
     */
    public ConstantDf(final double[] beta, final double[][] phi, final double df) {
        this.beta = beta;
        this.phi = phi;
        this.df = df;
    }

    @Override
    public double[] estimates() {
        return beta;
    }

    @Override
    public double[][] covariance() {
        return phi;
    }

    @Override
    public double df(final double[] contrast) {
        return df;
    }

    @Override
    public FTest test(final double[][] contrasts) {
        final Hypothesis.Wald wald = Hypothesis.wald(contrasts, beta, phi);
        return wald.rank() == 0 ? FTest.NONE : FTest.of(wald.meanSquare(), wald.rank(), df);
    }

    @Override
    public StoredInference stored() {
        return new StoredInference(StoredInference.Kind.CONSTANT, beta, phi, phi, null, null, new double[] {df}, null, null);
    }
}
