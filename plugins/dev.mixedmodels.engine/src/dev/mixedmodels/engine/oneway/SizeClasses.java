package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Groups pooled by their size: all that the likelihood depends on. The size of a group is its number of rows or, with
 * weights w of the rows, the sum of its weights, for the mean of its rows has the variance sigma2 + tau2 / size and
 * their scatter about it says tau2 all the same; -2 log likelihood is then less by sum log w. For the k-th distinct
 * size: the size n_k, the number c_k of groups, the mean m_k of their means and the scatter s_k = sum (mean_i - m_k)^2,
 * since for any centre and any weights w(n) sum_i w(n_i) (mean_i - c)^2 = sum_k w(n_k) [s_k + c_k (m_k - c)^2].
 * <p>
 * Responses are measured from the grand mean in units of a power of two near their standard deviation, so that
 * products of variances neither overflow nor underflow and the units cost no rounding.
 */
final class SizeClasses {
    final double[] size;
    final double[] count;
    final double[] mean;
    final double[] scatter;
    /** Sum of squares within groups. */
    final double within;
    final double rows;
    final double groups;
    /** Sum of the sizes of all groups. */
    final double total;
    /** Sum of the logarithms of the weights. */
    final double logWeights;
    /** Unit of the response, measured in the unit of the analysis of variance. */
    final double unit;
    /** Logarithm of the unit, measured in the response's own. */
    final double logUnit;

    SizeClasses(final GroupStatistics statistics, final AnovaTable anova) {
        rows = anova.rows();
        groups = anova.groups();
        total = anova.size();
        logWeights = statistics.weights() == null ? 0 : statistics.weights().logSum();
        unit = Math.scalb(1.0, Math.getExponent(Math.sqrt((anova.between() + anova.within()) / rows)));
        logUnit = Math.log(unit) + anova.unit().log();
        within = anova.within() / unit / unit;
        size = distinctSizes(statistics);
        final int classes = size.length;
        count = new double[classes];
        final DoubleDouble[] sums = new DoubleDouble[classes];
        final DoubleDouble[] squares = new DoubleDouble[classes];
        for (int k = 0; k < classes; k++) {
            sums[k] = new DoubleDouble();
            squares[k] = new DoubleDouble();
        }
        for (int g = 0; g < statistics.groups(); g++) {
            if (statistics.n(g) > 0) {
                final int k = indexOf(statistics.size(g));
                final double d = anova.deviation(g) / unit;
                count[k]++;
                sums[k].add(d);
                squares[k].addProduct(d, d);
            }
        }
        mean = new double[classes];
        scatter = new double[classes];
        for (int k = 0; k < classes; k++) {
            // sum d^2 - (sum d)^2 / count in double-double arithmetic, since sizes may go with means
            final DoubleDouble average = new DoubleDouble();
            average.add(sums[k]);
            average.divide((long) count[k], 0);
            mean[k] = average.value();
            squares[k].addProduct(-sums[k].high(), -sums[k].low(), average.high(), average.low());
            scatter[k] = Math.max(0, squares[k].value());
        }
    }

    private SizeClasses(final SizeClasses all, final double n, final double its, final double d, final double ss) {
        rows = all.rows - n;
        groups = all.groups - 1;
        total = all.total - its;
        logWeights = Double.NaN;
        unit = all.unit;
        logUnit = all.logUnit;
        within = all.within - ss;
        size = all.size;
        count = all.count.clone();
        mean = all.mean.clone();
        scatter = all.scatter.clone();
        final int k = indexOf(its);
        count[k]--;
        final double distance = d - mean[k];
        mean[k] = count[k] == 0 ? 0 : mean[k] - distance / count[k];
        scatter[k] = count[k] <= 1 ? 0 : Math.max(0, scatter[k] - distance * distance * (count[k] + 1) / count[k]);
    }

    private SizeClasses(final SizeClasses all, final double[] means, final double[] scatters, final double squares) {
        rows = all.rows;
        groups = all.groups;
        total = all.total;
        logWeights = all.logWeights;
        unit = all.unit;
        logUnit = all.logUnit;
        within = squares;
        size = all.size;
        count = all.count;
        mean = means;
        scatter = scatters;
    }

    /**
     * Groups of the same sizes with other responses.
     *
     * @param means of the group means, by class
     * @param scatters of them
     * @param squares sum of squares within groups
     * @return their classes
     */
    SizeClasses with(final double[] means, final double[] scatters, final double squares) {
        return new SizeClasses(this, means, scatters, squares);
    }

    /**
     * The classes without a group, for estimates but not the value of the likelihood; a class may be left without
     * groups.
     *
     * @param n rows of the group
     * @param its its size
     * @param d its mean
     * @param ss its sum of squares
     * @return those of the other groups
     */
    SizeClasses without(final double n, final double its, final double d, final double ss) {
        return new SizeClasses(this, n, its, d, ss);
    }

    /** Whether there are rows enough for both variances. */
    boolean determined() {
        return groups > 1 && rows > groups && within > 0;
    }

    /** In rising order. */
    private static double[] distinctSizes(final GroupStatistics statistics) {
        if (statistics.weights() != null) {
            return IntStream.range(0, statistics.groups()).mapToDouble(statistics::size).filter(n -> n > 0).sorted()
                .distinct().toArray();
        }
        double[] sizes = new double[8]; // numbers of rows: no more are distinct than the root of twice the rows
        int distinct = 0;
        double last = 0;
        for (int g = 0; g < statistics.groups(); g++) {
            final double n = statistics.n(g);
            final int at = n == last || n == 0 ? 0 : Arrays.binarySearch(sizes, 0, distinct, n);
            if (at < 0) {
                sizes = distinct < sizes.length ? sizes : Arrays.copyOf(sizes, 2 * distinct);
                System.arraycopy(sizes, -at - 1, sizes, -at, distinct + at + 1);
                sizes[-at - 1] = n;
                distinct++;
            }
            last = n;
        }
        return Arrays.copyOf(sizes, distinct);
    }

    private int indexOf(final double n) {
        return Arrays.binarySearch(size, n);
    }

    /** Number of distinct sizes. */
    int classes() {
        return size.length;
    }

    boolean balanced() {
        return size.length == 1;
    }

    double largest() {
        return size[size.length - 1];
    }

    /** sum_i (mean_i - grand mean)^2, each group counted once. */
    double unweightedScatter() {
        double sum = 0;
        for (int k = 0; k < size.length; k++) {
            sum += scatter[k] + count[k] * mean[k] * mean[k];
        }
        return sum;
    }
}
