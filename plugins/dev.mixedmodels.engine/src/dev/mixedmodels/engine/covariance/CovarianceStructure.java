package dev.mixedmodels.engine.covariance;

/**
 * A symmetric n x n matrix V(theta) as a twice differentiable function of P parameters, positive definite by
 * construction wherever theta lies strictly within its bounds. All matrices are flat, row-major, of length n * n.
 * Implementations are immutable.
 */
public interface CovarianceStructure {

    /**
     * @return n, the number of rows of V
     */
    int dimension();

    /**
     * @return P, the length of theta
     */
    int parameters();

    /**
     * @param k index of a parameter
     * @return the least value of theta_k; on it V may be singular
     */
    default double lower(final int k) {
        return Double.NEGATIVE_INFINITY;
    }

    /**
     * @param k index of a parameter
     * @return the largest value of theta_k; on it V may be singular
     */
    default double upper(final int k) {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * @param theta P parameters within their bounds
     * @return V and its derivatives at theta
     */
    CovariancePoint at(double[] theta);

    /**
     * Parameters of a member of the family that is near a given matrix: exactly those of the matrix if it belongs to
     * the family, and otherwise a sensible start for an optimiser.
     *
     * @param v symmetric positive definite, n x n
     * @return theta, P values strictly within the bounds
     */
    double[] near(double[] v);

    /**
     * The same family in the parameters in which a search for the maximum of a likelihood goes best, where these are
     * not those of this structure.
     *
     * @return the family so parametrised
     */
    default CovarianceStructure forSearch() {
        return this;
    }

    /**
     * The same family in parameters of which one is a reported correlation or ratio, where those of this structure are
     * not.
     *
     * @param parameter what is reported
     * @return the family so parametrised; not every theta need give a positive definite matrix
     */
    default CovarianceStructure holding(final ReportedParameter parameter) {
        return this;
    }
}
