package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.oneway.RatioCriterion.Point;

/** Maximum likelihood, restricted or full, under sigma2 &gt;= 0. */
final class LikelihoodEstimator {
    private final SizeClasses data;
    private final RatioCriterion criterion;
    private final RatioSearch search;

    LikelihoodEstimator(final SizeClasses data, final boolean restricted) {
        this.data = data;
        criterion = new RatioCriterion(data, restricted);
        search = new RatioSearch(criterion);
    }

    RatioCriterion criterion() {
        return criterion;
    }

    RatioSearch search() {
        return search;
    }

    VarianceEstimates estimate() {
        final Point best = search.minimum();
        final int iterations = search.iterations();
        final double tau2 = best.q() / criterion.df();
        final double sigma2 = best.ratio() * tau2;
        final boolean boundary = sigma2 == 0;
        final VarianceLikelihood.At at =
            new VarianceLikelihood(data, criterion.restricted()).at(sigma2, tau2);
        final double variance = 1 / at.precision();
        final double[] slope = {-at.precisionSlope()[0] * variance * variance,
            -at.precisionSlope()[1] * variance * variance};
        final double gradient = Math.max(Math.abs(sigma2 * at.gradient()[0]), Math.abs(tau2 * at.gradient()[1]));
        final double ratio = boundary ? 0
            : Math.max(0, criterion.profile(criterion.at(0)) - criterion.profile(best));
        return new VarianceEstimates(sigma2, tau2, at.mean(), variance, slope, covariance(at.hessian(), boundary),
            boundary, at.value() + 2 * criterion.df() * data.logUnit() - data.logWeights(), ratio, gradient, iterations,
            criterion.evaluations());
    }

    /** Inverse of the observed information; of its free part when sigma2 is at its bound. */
    private static double[][] covariance(final double[][] hessian, final boolean boundary) {
        return boundary ? new double[][] {{Double.NaN, Double.NaN}, {Double.NaN, 2 / hessian[1][1]}}
            : inverseInformation(hessian);
    }

    /**
     * @param twice twice an information matrix, 2 x 2
     * @return the inverse of the information; NaN if it is not positive definite
     */
    static double[][] inverseInformation(final double[][] twice) {
        final double determinant = twice[0][0] * twice[1][1] - twice[0][1] * twice[1][0];
        final double scale = twice[0][0] > 0 && determinant > 0 ? 2 / determinant : Double.NaN;
        return new double[][] {{scale * twice[1][1], -scale * twice[0][1]},
            {-scale * twice[1][0], scale * twice[0][0]}};
    }
}
