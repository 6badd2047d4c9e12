package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.design.WorkingBasis;

/**
 * Inference about beta from inference about gamma, where X beta = W gamma for a well-conditioned basis W: contrasts l
 * of beta become T'l, so that no digits are lost to the offsets and scales of the columns of X.
 */
public final class BasisInference implements FixedInference {
    private final FixedInference inner;
    private final WorkingBasis basis;
    private final double[] beta;

    /**
     * @param inner inference about gamma
     * @param basis the basis
     */
    public BasisInference(final FixedInference inner, final WorkingBasis basis) {
        this.inner = inner;
        this.basis = basis;
        this.beta = basis.coefficients(inner.estimates());
    }

    @Override
    public double[] estimates() {
        return beta;
    }

    @Override
    public double[][] covariance() {
        final double[][] covariance = basis.covariance(inner.covariance());
        final double[] unit = new double[beta.length];
        for (int k = 0; k < beta.length; k++) {
            unit[k] = 1;
            if (Double.isNaN(variance(unit))) { // missing, though its directions of the basis have variances
                for (int j = 0; j < beta.length; j++) {
                    covariance[k][j] = Double.NaN;
                    covariance[j][k] = Double.NaN;
                }
            }
            unit[k] = 0;
        }
        return covariance;
    }

    @Override
    public double estimate(final double[] contrast) {
        return inner.estimate(basis.contrast(contrast));
    }

    @Override
    public double variance(final double[] contrast) {
        return inner.variance(basis.contrast(contrast));
    }

    @Override
    public double covariance(final double[] one, final double[] other) {
        return inner.covariance(basis.contrast(one), basis.contrast(other));
    }

    @Override
    public double df(final double[] contrast) {
        return inner.df(basis.contrast(contrast));
    }

    @Override
    public FTest test(final double[][] contrasts) {
        final double[][] mapped = new double[contrasts.length][];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = basis.contrast(contrasts[i]);
        }
        return inner.test(mapped);
    }

    /** Of gamma; the basis is kept with the design. */
    @Override
    public StoredInference stored() {
        return inner.stored();
    }
}
