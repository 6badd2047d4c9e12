package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.statistics.GroupReduction;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The rows of all subjects, one subject after the other and each in order of time, for models with a residual
 * structure.
 *
 * @param q number of random effects
 * @param p number of fixed effects
 * @param values rows of [z x y], row-major, q + p + 1 columns
 * @param starts index of each subject's first row, and the number of rows at the end
 * @param structure the correlation of a subject's residuals
 * @param positions coordinates, or the time, each of all rows; none where the structure does not need them
 * @param exponents variance function: the standard deviation of a row is proportional to exp(sum_k eta_k d_k) with
 *            d_k = exponents[k][row]
 * @param maxRows the largest number of rows of a subject, of those too that this is a part of: how psi tells a
 *            correlation may depend on it
 * @param pooled the same with like subjects brought together, for their sum; null where they are not
 */
public record SubjectSeries(int q, int p, double[] values, int[] starts, ResidualStructure structure, double[][] positions,
    double[][] exponents, int maxRows, PooledSeries pooled) implements LocalShares {

    /** The largest number of rows of a subject is counted. The other components are as above. */
    public SubjectSeries(final int q, final int p, final double[] values, final int[] starts,
        final ResidualStructure structure, final double[][] positions, final double[][] exponents) {
        this(q, p, values, starts, structure, positions, exponents, longest(starts), null);
    }

    /**
     * @param progress asked whether to go on
     * @return the same subjects, of whom those with equal Z and places are brought together where it saves work and
     *         costs no digits: not where R hardly has an inverse; the rows must have one variance
     */
    public SubjectSeries pooled(final Progress progress) {
        return new SubjectSeries(q, p, values, starts, structure, positions, exponents, maxRows,
            structure.nearlySingular() ? null : PooledSeries.of(this, progress));
    }

    /**
     * Rows that have the cross-products of some units' rows, whose residuals are independent and of one variance.
     *
     * @param whole all of [z x y] reduced by unit
     * @param q number of random effects, the first columns
     * @param from first unit
     * @param to unit after the last one
     * @return such rows, units numbered from 0
     */
    public static SubjectSeries reduced(final GroupReduction whole, final int q, final int from, final int to) {
        final int width = whole.effects();
        final int[] starts = new int[to - from + 1];
        Arrays.setAll(starts, i -> i * width);
        return new SubjectSeries(q, width - q - 1, Arrays.copyOfRange(whole.r(), from * width * width, to * width * width),
            starts, ResidualStructure.INDEPENDENT, new double[0][], new double[0][]);
    }

    private static int[] from(final int[] starts, final int from, final int to) {
        final int[] own = new int[to - from + 1];
        Arrays.setAll(own, i -> starts[from + i] - starts[from]);
        return own;
    }

    /**
     * @param from first subject
     * @param to subject after the last one
     * @return these subjects, numbered from 0
     */
    public SubjectSeries part(final int from, final int to) {
        final int first = starts[from];
        final int last = starts[to];
        final int width = p + q + 1;
        return new SubjectSeries(q, p, Arrays.copyOfRange(values, first * width, last * width), from(starts, from, to),
            structure, each(positions, column -> Arrays.copyOfRange(column, first, last)),
            each(exponents, column -> Arrays.copyOfRange(column, first, last)), maxRows, null);
    }

    /** These subjects, numbered from 0. */
    SubjectSeries some(final int[] subjects) {
        final int width = p + q + 1;
        final int[] own = new int[subjects.length + 1];
        for (int i = 0; i < subjects.length; i++) {
            own[i + 1] = own[i] + starts[subjects[i] + 1] - starts[subjects[i]];
        }
        return new SubjectSeries(q, p, some(values, subjects, own, width), own, structure,
            each(positions, column -> some(column, subjects, own, 1)), each(exponents, column -> some(column, subjects, own, 1)),
            maxRows, null);
    }

    private double[] some(final double[] all, final int[] subjects, final int[] own, final int width) {
        final double[] some = new double[own[subjects.length] * width];
        for (int i = 0; i < subjects.length; i++) {
            System.arraycopy(all, starts[subjects[i]] * width, some, own[i] * width, (own[i + 1] - own[i]) * width);
        }
        return some;
    }

    /**
     * @param subject a subject
     * @return the others, numbered without it
     */
    public SubjectSeries without(final int subject) {
        final int first = starts[subject];
        final int n = starts[subject + 1] - first;
        final int width = p + q + 1;
        final int[] others = new int[starts.length - 1];
        Arrays.setAll(others, i -> i <= subject ? starts[i] : starts[i + 1] - n);
        return new SubjectSeries(q, p, without(values, first * width, n * width), others, structure,
            each(positions, column -> without(column, first, n)), each(exponents, column -> without(column, first, n)), maxRows,
            null);
    }

    private static double[][] each(final double[][] columns, final UnaryOperator<double[]> change) {
        return Arrays.stream(columns).map(change).toArray(double[][]::new);
    }

    private static double[] without(final double[] all, final int from, final int count) {
        final double[] rest = Arrays.copyOf(all, all.length - count);
        System.arraycopy(all, from + count, rest, from, rest.length - from);
        return rest;
    }

    private static int longest(final int[] starts) {
        int max = 0;
        for (int i = 1; i < starts.length; i++) {
            max = Math.max(max, starts[i] - starts[i - 1]);
        }
        return max;
    }

    @Override
    public int subjects() {
        return starts.length - 1;
    }

    @Override
    public long rows() {
        return starts[subjects()];
    }

    /** Those of the variance function, then those of the correlation. */
    @Override
    public int residualParameters() {
        return exponents.length + structure.parameters().size();
    }

    @Override
    public Worker worker(final double[] factor, final double[] eta, final int order) {
        return new ResidualPart(this, eta, factor, order)::add;
    }

    @Override
    public Reducer reducer(final double[] eta) {
        return new ResidualPart(this, eta, new double[q * q], 0)::reduce;
    }

    @Override
    public JetSums sum(final double[] factor, final double[] eta, final int order, final Progress progress) {
        return pooled == null ? LocalShares.super.sum(factor, eta, order, progress)
            : pooled.sum(factor, eta, order, progress);
    }
}
