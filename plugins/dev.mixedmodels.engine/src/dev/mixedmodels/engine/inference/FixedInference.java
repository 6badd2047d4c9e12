package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Matrices;

/**
 * What is known of the fixed effects beyond their estimates: the covariance that their standard errors come from and
 * the denominator degrees of freedom of linear hypotheses. p is the number of estimated coefficients.
 */
public interface FixedInference {
    /**
     * @return the estimates, length p
     */
    double[] estimates();

    /**
     * @return covariance of the estimates as used for standard errors, p x p
     */
    double[][] covariance();

    /**
     * @param contrast l, length p
     * @return l'beta
     */
    default double estimate(final double[] contrast) {
        return Matrices.dot(contrast, estimates());
    }

    /**
     * @param contrast l, length p
     * @return its variance
     */
    default double variance(final double[] contrast) {
        return Matrices.bilinear(covariance(), contrast, contrast);
    }

    /**
     * @param one l, length p
     * @param other m, length p
     * @return covariance of l'beta and m'beta
     */
    default double covariance(final double[] one, final double[] other) {
        return Matrices.bilinear(covariance(), one, other);
    }

    /**
     * @param contrast l, length p
     * @return denominator degrees of freedom of l'beta, possibly infinite
     */
    double df(double[] contrast);

    /**
     * @param k a coefficient
     * @return its denominator degrees of freedom, possibly infinite
     */
    default double coefficientDf(final int k) {
        final double[] unit = new double[estimates().length];
        unit[k] = 1;
        return df(unit);
    }

    /**
     * Tests L beta = 0.
     *
     * @param contrasts L, q x p; rows may depend on one another
     * @return the test; {@link FTest#NONE} without a row
     */
    FTest test(double[][] contrasts);

    /**
     * Tests a hypothesis about a term of the mean.
     *
     * @param term index of the term
     * @param contrasts L, q x p
     * @return the test, as above
     */
    default FTest test(final int term, final double[][] contrasts) {
        return test(contrasts);
    }

    /**
     * @return all that it knows, to be kept and used without the data
     */
    StoredInference stored();
}
