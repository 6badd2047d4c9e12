package dev.mixedmodels.engine.covariance;

/**
 * The correlation matrix R(psi) of the residuals of one subject with n rows in order of time, as operators; where R has
 * a structure they cost O(n) a column. U is lower triangular with R^-1 = U'U; R_k is the derivative of R by psi_k.
 * Blocks of columns are row-major, n x c. An instance is a workspace of one thread: {@link #prepare} sets the subject.
 */
public interface SubjectCorrelation {

    /**
     * Chooses the subject.
     *
     * @param positions coordinates (or the time), each of all rows of all subjects; read where they matter
     * @param start index of the subject's first row
     * @param n number of its rows
     */
    void prepare(double[][] positions, int start, int n);

    /** @return log |R|; NaN if R is not positive definite to working precision, when nothing else is of use */
    double logDeterminant();

    /**
     * @param k index of a parameter
     * @return tr(R^-1 R_k)
     */
    double slopeTrace(int k);

    /**
     * @param k index of a parameter
     * @param m index of a parameter
     * @return tr(R^-1 R_k R^-1 R_m)
     */
    double squaredSlopeTrace(int k, int m);

    /**
     * @param k index of a parameter
     * @param m index of a parameter
     * @return tr(R^-1 R_km)
     */
    double curvatureTrace(int k, int m);

    /**
     * @param k index of a parameter
     * @param d length n
     * @return sum_a d_a (R^-1 R_k)_aa
     */
    double slopeTrace(int k, double[] d);

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
     * @param x n x c; becomes U^-1 x
     * @param c number of columns
     */
    void unwhiten(double[] x, int c);

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
     * @param k index of a parameter
     * @param x n x c
     * @param c number of columns
     * @param out receives R^-1 R_k R^-1 x
     */
    void precisionSlope(int k, double[] x, int c, double[] out);

    /**
     * @param k index of a parameter
     * @param m index of a parameter
     * @param x n x c
     * @param c number of columns
     * @param out receives the second derivative of R^-1 times x
     */
    void precisionCurvature(int k, int m, double[] x, int c, double[] out);
}
