package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.frame.RowWeights;
import dev.mixedmodels.engine.numeric.BinaryUnit;
import dev.mixedmodels.engine.numeric.DoubleDouble;

/**
 * The one-way analysis of variance, equal to exact arithmetic on the stored responses but for a few roundings, and the
 * deviations of the group means from the grand mean. With weights of the rows means and sums of squares are weighted,
 * and the size of a group is the sum of its weights.
 *
 * @param unit of the group statistics, in which all figures are
 * @param rows their number N
 * @param groups number a of those that have rows
 * @param size sum of the sizes of the groups: N, or the sum of the weights
 * @param fewestRows of the group with fewest
 * @param mostRows of the group with most
 * @param grandMean mean of all responses, weighted
 * @param grandMeanLow what that mean exceeds its rounded value by
 * @param between sum of squares between groups, sum n_i (mean_i - grand mean)^2
 * @param within sum of squares within groups
 * @param sumOfSquaredSizes sum n_i^2
 * @param deviations of the group means from the grand mean; NaN for a group without rows
 * @param centre from where deviations are measured
 */
record AnovaTable(BinaryUnit unit, long rows, int groups, double size, long fewestRows, long mostRows, double grandMean,
    double grandMeanLow, double between, double within, double sumOfSquaredSizes, double[] deviations,
    GroupCentre centre) {
    /** A residual share of the variation below the square root of which no response could show it. */
    private static final double NEGLIGIBLE = 1e-290;

    /**
     * @param settings which names the columns in messages
     * @param statistics the groups
     * @return their analysis
     * @throws ModelException if the data do not determine both variances
     */
    static AnovaTable of(final RandomInterceptSettings settings, final GroupStatistics statistics) {
        if (statistics.weights() != null) {
            final GroupWeights weights = statistics.weights();
            RowWeights.requireComparable(weights.column(), weights.least(), weights.greatest());
        }
        statistics.settle();
        final BinaryUnit unit = statistics.unit();
        final DoubleDouble total = new DoubleDouble();
        final DoubleDouble within = new DoubleDouble();
        double first = Double.NaN;
        long rows = 0;
        int groups = 0;
        double squaredSizes = 0;
        double size = 0;
        long fewest = Long.MAX_VALUE;
        long most = 0;
        for (int g = 0; g < statistics.groups(); g++) {
            final long count = statistics.n(g);
            if (count > 0) {
                final double own = statistics.size(g);
                first = groups == 0 ? statistics.shift(g) : first;
                total.add(statistics.sumAbout(g, first));
                within.add(statistics.sumOfSquares(g));
                squaredSizes += own * own;
                size += own;
                rows += count;
                fewest = Math.min(fewest, count);
                most = Math.max(most, count);
                groups++;
            }
        }
        checkCounts(settings, rows, groups);
        total.divide(size, 0);
        final DoubleDouble mean = new DoubleDouble();
        mean.add(total);
        mean.add(unit.measure(first, 1));
        final GroupCentre centre = new GroupCentre(unit, first, total.high(), total.low());
        final double[] deviations = new double[statistics.groups()];
        final DoubleDouble between = new DoubleDouble();
        for (int g = 0; g < deviations.length; g++) {
            final double n = statistics.size(g);
            deviations[g] = n == 0 ? Double.NaN : centre.deviation(statistics, g);
            between.add(n == 0 ? 0 : n * deviations[g] * deviations[g]);
        }
        checkVariation(settings, rows, within.value(), between.value());
        return new AnovaTable(unit, rows, groups, size, fewest, most, mean.high(), mean.low(), between.value(),
            within.value(), squaredSizes, deviations, centre);
    }

    private static void checkCounts(final RandomInterceptSettings settings, final long rows, final int groups) {
        final String response = '"' + settings.response() + '"';
        final String group = '"' + settings.group() + '"';
        if (rows == 0) {
            throw new ModelException("There are no rows to fit the model to: the table is empty, or every row has a "
                + "missing value in the response " + response + " or in the grouping column " + group + ".");
        }
        if (groups == 1) {
            throw new ModelException((rows == 1 ? "The only row belongs" : "All " + rows + " rows belong")
                + " to one group: the column " + group + " has a single value in them. The variance between groups "
                + "needs at least two groups: choose another grouping column.");
        }
        if (rows == groups) {
            throw new ModelException("Every one of the " + groups + " groups of " + group + " has a single row, so "
                + "that the variation within groups cannot be told from that between groups. Choose a grouping column "
                + "whose values repeat; at least one group needs two rows.");
        }
    }

    private static void checkVariation(final RandomInterceptSettings settings, final long rows, final double within,
        final double between) {
        if (!Double.isFinite(within) || !Double.isFinite(between)) {
            throw new ModelException("The response \"" + settings.response()
                + "\" holds infinite values. Leave their rows out.");
        }
        if (within == 0 && between == 0) {
            throw new ModelException("All " + rows + " values of the response \"" + settings.response()
                + "\" are equal: there is no variation to explain. Choose another response.");
        }
        if (within <= NEGLIGIBLE * between) {
            throw new ModelException("The residual variance is 0: within every group of \"" + settings.group()
                + "\" all values of the response \"" + settings.response() + "\" are equal. A response that depends "
                + "on the group alone leaves nothing to estimate; check whether it is a property of the group, or was "
                + "aggregated.");
        }
    }

    /** Mean of group g minus the grand mean; NaN for a group without rows. */
    double deviation(final int g) {
        return deviations[g];
    }

    double dfBetween() {
        return groups - 1.0;
    }

    double dfWithin() {
        return rows - groups;
    }

    double meanSquareBetween() {
        return between / dfBetween();
    }

    double meanSquareWithin() {
        return within / dfWithin();
    }

    double f() {
        return meanSquareBetween() / meanSquareWithin();
    }

    /**
     * Henderson's n0 = (N - sum n_i^2 / N) / (a - 1), N the sum of sizes: E(mean square between) = tau2 + n0 sigma2.
     */
    double averageSize() {
        return (size - sumOfSquaredSizes / size) / dfBetween();
    }
}
