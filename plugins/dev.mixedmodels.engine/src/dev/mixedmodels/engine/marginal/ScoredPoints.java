package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.likelihood.MarginalPoint;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.optimise.Objective;
import java.util.Arrays;

/**
 * A criterion as a search sees it: with Fisher scoring where the exact Hessian is not positive definite. The lowest point
 * is kept, for there a search mostly ends.
 */
final class ScoredPoints implements Objective {
    private final MarginalLikelihood likelihood;
    private double[] lowestTheta;
    private MarginalPoint lowest; // null before the first evaluation

    /**
     * @param likelihood the criterion
     */
    ScoredPoints(final MarginalLikelihood likelihood) {
        this.likelihood = likelihood;
    }

    MarginalLikelihood likelihood() {
        return likelihood;
    }

    @Override
    public double value(final double[] theta, final double[] gradient, final double[][] hessian) {
        final MarginalPoint point = likelihood.at(theta);
        if (point == null || !Double.isFinite(point.value())) {
            return Double.NaN;
        }
        System.arraycopy(point.gradient(), 0, gradient, 0, gradient.length);
        final double[][] exact = point.hessian();
        final double[][] used =
            Cholesky.factor(Matrices.flat(exact), exact.length) ? exact : point.expectedHessian();
        Arrays.setAll(hessian, r -> used[r]);
        if (lowest == null || point.value() <= lowest.value()) {
            lowest = point;
            lowestTheta = theta.clone();
        }
        return point.value();
    }

    /** The likelihood at parameters, where it exists. */
    MarginalPoint at(final double[] theta) {
        return Arrays.equals(theta, lowestTheta) ? lowest : likelihood.at(theta);
    }
}
