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
 *
 * @param size n_k, in rising order
 * @param count c_k
 * @param mean m_k
 * @param scatter s_k
 * @param within sum of squares within groups
 * @param rows their number
 * @param groups their number
 * @param total sum of the sizes of all groups
 * @param logWeights sum of the logarithms of the weights
 * @param unit of the response, measured in the unit of the analysis of variance
 * @param logUnit logarithm of the unit, measured in the response's own
 */
record SizeClasses(double[] size, double[] count, double[] mean, double[] scatter, double within, double rows,
    double groups, double total, double logWeights, double unit, double logUnit) {

    static SizeClasses of(final GroupStatistics statistics, final AnovaTable anova) {
        final double unit = Math.scalb(1.0, Math.getExponent(Math.sqrt((anova.between()
            + anova.within()) / anova.rows())));
        final double[] size = distinctSizes(statistics);
        final int classes = size.length;
        final double[] count = new double[classes];
        final DoubleDouble[] sums = new DoubleDouble[classes];
        final DoubleDouble[] squares = new DoubleDouble[classes];
        for (int k = 0; k < classes; k++) {
            sums[k] = new DoubleDouble();
            squares[k] = new DoubleDouble();
        }
        for (int g = 0; g < statistics.groups(); g++) {
            if (statistics.n(g) > 0) {
                final int k = Arrays.binarySearch(size, statistics.size(g));
                final double d = anova.deviation(g) / unit;
                count[k]++;
                sums[k].add(d);
                squares[k].addProduct(d, d);
            }
        }
        final double[] mean = new double[classes];
        final double[] scatter = new double[classes];
        for (int k = 0; k < classes; k++) {
            // sum d^2 - (sum d)^2 / count in double-double arithmetic, since sizes may go with means
            final DoubleDouble average = new DoubleDouble();
            average.add(sums[k]);
            average.divide((long) count[k], 0);
            mean[k] = average.value();
            squares[k].addProduct(-sums[k].high(), -sums[k].low(), average.high(), average.low());
            scatter[k] = Math.max(0, squares[k].value());
        }
        return new SizeClasses(size, count, mean, scatter, anova.within() / unit / unit, anova.rows(), anova.groups(),
            anova.size(), statistics.weights() == null ? 0 : statistics.weights().logSum(), unit,
            Math.log(unit) + anova.unit().log());
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
        return new SizeClasses(size, count, means, scatters, squares, rows, groups, total, logWeights, unit, logUnit);
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
        final double[] counts = count.clone();
        final double[] means = mean.clone();
        final double[] scatters = scatter.clone();
        final int k = Arrays.binarySearch(size, its);
        final double left = --counts[k];
        final double distance = d - mean[k];
        means[k] = left == 0 ? 0 : mean[k] - distance / left;
        scatters[k] = left <= 1 ? 0 : Math.max(0, scatter[k] - distance * distance * (left + 1) / left);
        return new SizeClasses(size, counts, means, scatters, within - ss, rows - n, groups - 1, total - its,
            Double.NaN, unit, logUnit);
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
