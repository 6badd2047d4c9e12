package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.frame.RowWeights;
import dev.mixedmodels.engine.numeric.BinaryUnit;
import dev.mixedmodels.engine.numeric.DoubleDouble;

/**
 * The one-way analysis of variance, equal to exact arithmetic on the stored responses but for a few roundings, and the
 * deviations of the group means from the grand mean. All figures are in the {@link #unit()} of the group statistics.
 * With weights of the rows means and sums of squares are weighted, and the size of a group is the sum of its weights.
 */
final class AnovaTable {
    /** A residual share of the variation below the square root of which no response could show it. */
    private static final double NEGLIGIBLE = 1e-290;

    private final RandomInterceptSettings settings;
    private final BinaryUnit unit;
    private final long rows;
    private final int groups;
    private final double size;
    private final long fewest;
    private final long most;
    private final double grandMean;
    private final double grandMeanLow;
    private final double between;
    private final double within;
    private final double sumOfSquaredSizes;
    private final double[] deviation;
    private final GroupCentre groupCentre;

    /**
     * @param settings which names the columns in messages
     * @param statistics the groups
     * @throws ModelException if the data do not determine both variances
     */
    AnovaTable(final RandomInterceptSettings settings, final GroupStatistics statistics) {
        this.settings = settings;
        if (statistics.weights() != null) {
            final GroupWeights weights = statistics.weights();
            RowWeights.requireComparable(weights.column(), weights.least(), weights.greatest());
        }
        statistics.settle();
        unit = statistics.unit();
        final DoubleDouble total = new DoubleDouble();
        final DoubleDouble ss = new DoubleDouble();
        final int all = statistics.groups();
        double centre = Double.NaN;
        long n = 0;
        int nonEmpty = 0;
        double squaredSizes = 0;
        double sizes = 0;
        long least = Long.MAX_VALUE;
        long greatest = 0;
        for (int g = 0; g < all; g++) {
            final long count = statistics.n(g);
            if (count > 0) {
                final double own = statistics.size(g);
                centre = nonEmpty == 0 ? statistics.shift(g) : centre;
                total.add(statistics.sumAbout(g, centre));
                ss.add(statistics.sumOfSquares(g));
                squaredSizes += own * own;
                sizes += own;
                n += count;
                least = Math.min(least, count);
                greatest = Math.max(greatest, count);
                nonEmpty++;
            }
        }
        rows = n;
        groups = nonEmpty;
        size = sizes;
        fewest = least;
        most = greatest;
        within = ss.value();
        sumOfSquaredSizes = squaredSizes;
        checkCounts();
        total.divide(size, 0);
        final DoubleDouble mean = new DoubleDouble();
        mean.add(total);
        mean.add(unit.measure(centre, 1));
        grandMean = mean.high();
        grandMeanLow = mean.low();
        deviation = new double[all];
        groupCentre = new GroupCentre(unit, centre, total.high(), total.low());
        between = deviations(statistics);
        checkVariation();
    }

    /** Fills the deviations of the means from the grand mean; returns the sum of squares between groups. */
    private double deviations(final GroupStatistics statistics) {
        final DoubleDouble ss = new DoubleDouble();
        for (int g = 0; g < deviation.length; g++) {
            final double n = statistics.size(g);
            if (n == 0) {
                deviation[g] = Double.NaN;
                continue;
            }
            deviation[g] = groupCentre.deviation(statistics, g);
            ss.add(n * deviation[g] * deviation[g]);
        }
        return ss.value();
    }

    private void checkCounts() {
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

    private void checkVariation() {
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

    /** What all figures are measured in. */
    BinaryUnit unit() {
        return unit;
    }

    /** Number of rows N. */
    long rows() {
        return rows;
    }

    /** Sum of the sizes of the groups: N, or the sum of the weights. */
    double size() {
        return size;
    }

    /** Rows of the group with fewest. */
    long fewestRows() {
        return fewest;
    }

    /** Rows of the group with most. */
    long mostRows() {
        return most;
    }

    /** Number of groups a that have rows. */
    int groups() {
        return groups;
    }

    /** Mean of all responses, weighted. */
    double grandMean() {
        return grandMean;
    }

    /** What the mean of all responses exceeds its rounded value by. */
    double grandMeanLow() {
        return grandMeanLow;
    }

    /** Sum of squares between groups, sum n_i (mean_i - grand mean)^2. */
    double between() {
        return between;
    }

    /** Sum of squares within groups. */
    double within() {
        return within;
    }

    /** Mean of group g minus the grand mean; NaN for a group without rows. */
    double deviation(final int g) {
        return deviation[g];
    }

    /** From where deviations are measured. */
    GroupCentre centre() {
        return groupCentre;
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

    /** sum n_i^2. */
    double sumOfSquaredSizes() {
        return sumOfSquaredSizes;
    }

    /**
     * Henderson's n0 = (N - sum n_i^2 / N) / (a - 1), N the sum of sizes: E(mean square between) = tau2 + n0 sigma2.
     */
    double averageSize() {
        return (size - sumOfSquaredSizes / size) / dfBetween();
    }
}
