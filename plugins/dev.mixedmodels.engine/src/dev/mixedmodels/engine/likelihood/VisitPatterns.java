package dev.mixedmodels.engine.likelihood;

import java.util.List;

/**
 * The data of a marginal model over visits, pooled by group and pattern of visits ({@link PatternPool}): the cost of
 * the criterion goes with the number of patterns and not with that of subjects. Immutable.
 *
 * @param columns number of columns of X, p
 * @param rows number of rows, N
 * @param patterns the different patterns of visits, by group
 */
public record VisitPatterns(int columns, long rows, List<PatternData> patterns) {
    /**
     * The same rows for structures without correlation, each as a subject of its own.
     *
     * @param byVisit whether visits are told apart; else all rows are at visit 0
     * @return rows pooled by group, or by group and visit
     */
    public VisitPatterns separate(final boolean byVisit) {
        final PatternPool pool = new PatternPool(columns);
        for (final PatternData pattern : patterns) {
            for (int j = 0; j < pattern.visits().length; j++) {
                pool.separate(pattern, j, byVisit ? pattern.visits()[j] : 0);
            }
        }
        return pool.pooled();
    }

    /**
     * @return number of different patterns of visits, by group
     */
    public int count() {
        return patterns.size();
    }

    /**
     * Mean products of responses at pairs of visits over the subjects of a group that were seen at both: with
     * residuals as response, a first guess at V.
     *
     * @param group the group
     * @param n number of visits
     * @return n x n, row-major; 0 for pairs of visits that were never seen together
     */
    public double[] moments(final int group, final int n) {
        final double[] response = new double[(columns + 1) * (columns + 1)];
        response[response.length - 1] = 1;
        final double[] sum = new double[n * n];
        final double[] count = new double[n * n];
        for (final PatternData pattern : patterns) {
            if (pattern.group() == group) {
                final int[] visits = pattern.visits();
                final double[] products = new double[visits.length * visits.length];
                pattern.addProjected(response, products);
                for (int i = 0; i < products.length; i++) {
                    final int entry = visits[i / visits.length] * n + visits[i % visits.length];
                    sum[entry] += products[i];
                    count[entry] += pattern.subjects();
                }
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] = count[i] == 0 ? 0 : sum[i] / count[i];
        }
        return sum;
    }
}
