package dev.mixedmodels.engine.likelihood;

/**
 * The likelihood of y = X beta + sum_k Z_k b_k + e, e ~ N(0, sigma2 I), b_k ~ N(0, sigma2 Lambda_k Lambda_k') as a
 * function of theta, from sufficient statistics: after one pass over the rows an evaluation costs nothing per row. An
 * object is used by one thread; the work inside is spread over all cores with results that do not depend on their
 * number.
 * <p>
 * Source: Bates, Maechler, Bolker &amp; Walker (2015) J. Stat. Softw. 67(1), sections 3 and 5.
 */
public interface PenalisedLeastSquares {
    /**
     * @return N
     */
    int rows();

    /**
     * @return the relative covariance factors that theta stands for
     */
    RelativeFactors factors();

    /**
     * @param other relative covariance factors with the same effects
     * @return the likelihood of the same rows with these
     */
    PenalisedLeastSquares with(RelativeFactors other);

    /**
     * @return moments of the residuals of ordinary least squares, for a start
     */
    EffectMoments effectMoments();

    /**
     * @param theta parameters, length m
     * @return the likelihood there, or null if a matrix is not positive definite in floating point
     */
    PlsPoint at(double[] theta);

    /**
     * @return whether {@link PlsPoint#curvature} is exact
     */
    boolean exactCurvature();
}
