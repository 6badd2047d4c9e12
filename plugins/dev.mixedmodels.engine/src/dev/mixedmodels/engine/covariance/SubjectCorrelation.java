package dev.mixedmodels.engine.covariance;

/**
 * The correlation matrix R(psi) of the residuals of one subject with n rows in order of time, as operators that cost
 * O(n) a column. U is lower triangular with R^-1 = U'U; primes on R are derivatives by the one parameter psi. Blocks
 * of columns are row-major, n x c. An instance is a workspace of one thread: {@link #prepare} sets the subject.
 */
public interface SubjectCorrelation {

    /**
     * Chooses the subject.
     *
     * @param gaps time since the row before, for all rows of all subjects; read where it matters
     * @param start index of the subject's first row
     * @param n number of its rows
     */
    void prepare(double[] gaps, int start, int n);

    /** @return log |R| */
    double logDeterminant();

    /** @return tr(R^-1 R') */
    double slopeTrace();

    /** @return tr(R^-1 R' R^-1 R') */
    double squaredSlopeTrace();

    /** @return tr(R^-1 R'') */
    double curvatureTrace();

    /**
     * @param d length n
     * @return sum_a d_a (R^-1 R')_aa
     */
    double slopeTrace(double[] d);

    /**
     * @param d length n
     * @param e length n
     * @return sum_ab d_a e_b R_ab (R^-1)_ab
     */
    double hadamardTrace(double[] d, double[] e);

    /**
     * @param x n x c; becomes U x
     * @param c number of columns
     */
    void whiten(double[] x, int c);

    /**
     * @param x n x c; becomes U' x
     * @param c number of columns
     */
    void transposedWhiten(double[] x, int c);

    /**
     * @param x n x c; becomes U'^-1 x
     * @param c number of columns
     */
    void transposedUnwhiten(double[] x, int c);

    /**
     * @param x n x c
     * @param c number of columns
     * @param out receives -(R^-1)' x = R^-1 R' R^-1 x
     */
    void precisionSlope(double[] x, int c, double[] out);

    /**
     * @param x n x c
     * @param c number of columns
     * @param out receives (R^-1)'' x
     */
    void precisionCurvature(double[] x, int c, double[] out);
}
