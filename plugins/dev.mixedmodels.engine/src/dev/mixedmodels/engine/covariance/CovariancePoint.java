package dev.mixedmodels.engine.covariance;

/** A covariance structure at one theta: the matrix V and its derivatives, flat, row-major, both triangles. */
public interface CovariancePoint {

    /**
     * @param v receives V, length n * n
     */
    void value(double[] v);

    /**
     * @param k index of a parameter
     * @param out receives dV / dtheta_k, length n * n
     */
    void first(int k, double[] out);

    /**
     * @param k index of a parameter
     * @param l index of a parameter
     * @param out receives d2V / dtheta_k dtheta_l, length n * n; left as it was when the derivative is 0 everywhere
     * @return whether the derivative is other than 0
     */
    boolean second(int k, int l, double[] out);
}
