package dev.mixedmodels.engine.likelihood;

import java.util.Arrays;

/**
 * Penalised least squares with any number of grouping factors from the blocked Cholesky factor of
 * M = Lambda'Z'Z Lambda + I. Source: Bates et al. (2015), sections 3 and 5, for the criterion; the order of the units
 * and the dense core are described at {@link EliminationOrder}.
 */
final class BlockedPls {
    private final BlockedStatistics statistics;
    private final boolean reml;
    private final RelativeFactors factors;
    /** The point asked for last: search, start and fit ask for the same one in turn. */
    private BlockedPoint last;

    /**
     * @param statistics of the rows
     * @param reml restricted or full maximum likelihood
     * @param factors the relative covariance factors of the grouping factors
     */
    BlockedPls(final BlockedStatistics statistics, final boolean reml, final RelativeFactors factors) {
        this.statistics = statistics;
        this.reml = reml;
        this.factors = factors;
    }

    BlockedStatistics statistics() {
        return statistics;
    }

    boolean reml() {
        return reml;
    }

    /**
     * @param theta parameters of the factors
     * @return the likelihood there; null if it does not exist
     */
    BlockedPoint at(final double[] theta) {
        if (last == null || !Arrays.equals(last.theta(), theta)) {
            last = compute(theta.clone());
        }
        return last;
    }

    private BlockedPoint compute(final double[] theta) {
        final double[][] lambda = factors.lambda(theta);
        final BlockedFactor factor = statistics.factor;
        if (!factor.factor(lambda)) {
            return null;
        }
        final int p1 = statistics.zxy.length;
        final double[][] half = new double[p1][];
        final double[] s = statistics.data.cross().clone();
        for (int a = 0; a < p1; a++) {
            half[a] = statistics.vectors.scale(lambda, statistics.zxy[a], true);
            factor.solveLower(half[a]);
            for (int b = 0; b <= a; b++) {
                s[a * p1 + b] -= dot(half[a], half[b]);
            }
        }
        final MeanFit mean = MeanFit.of(factor.logDeterminant(), s, p1 - 1);
        return mean == null ? null : new BlockedPoint(this, theta, lambda, mean, half);
    }

    private static double dot(final double[] x, final double[] y) {
        double s0 = 0;
        double s1 = 0;
        int i = 0;
        for (; i + 1 < x.length; i += 2) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
        }
        return s0 + s1 + (i < x.length ? x[i] * y[i] : 0);
    }

    /**
     * The derivatives at a point; the factor of M is taken again where another point or an inverse has taken its place.
     *
     * @param curvature whether the second derivatives are wanted too
     */
    BlockedMoments moments(final BlockedPoint point, final boolean curvature) {
        if (!statistics.factor.isOf(point.lambda())) {
            statistics.factor.factor(point.lambda());
        }
        return new BlockedMoments(statistics.factor, statistics.vectors, factors, point.lambda(), point.mean(),
            statistics.zxy, point.half(), curvature, reml);
    }
}
