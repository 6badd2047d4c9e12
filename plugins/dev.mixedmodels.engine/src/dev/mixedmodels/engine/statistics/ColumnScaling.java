package dev.mixedmodels.engine.statistics;

import dev.mixedmodels.engine.common.Progress;

/**
 * Shifts and scales under which the columns of a model are gathered: (value - shift) / scale, times the root of the
 * row's weight, has mean near 0 and a spread near 1, so that neither a large common offset nor units of measurement
 * cost digits. Scales are powers of two and shifts multiples of a sixteenth of the scale, so that scaling does not
 * round and the order of the rows does not matter.
 *
 * @param shift per column of {@link ModelRows}; 0 where nothing may be subtracted
 * @param scale per column, a power of two
 * @param constant per column its value if all rows have the same, else NaN
 */
public record ColumnScaling(double[] shift, double[] scale, double[] constant) {
    private static final int CHECK_ROWS = 1 << 16;

    /**
     * Reads all rows once.
     *
     * @param rows the rows, at least one
     * @param progress to learn of cancellation
     * @return mean-like shifts and spread-like scales of all columns
     */
    public static ColumnScaling of(final ModelRows rows, final Progress progress) {
        final int width = rows.width();
        final double[] first = new double[width];
        rows.row(0, first);
        final double[] value = new double[width];
        final double[] sum = new double[width];
        final double[] squares = new double[width];
        final double[] low = first.clone();
        final double[] high = first.clone();
        double weights = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (i % CHECK_ROWS == 0) {
                progress.check();
            }
            rows.row(i, value);
            weights += rows.root(i) * rows.root(i);
            for (int c = 0; c < width; c++) {
                final double d = value[c] - first[c];
                sum[c] += d;
                squares[c] += d * d;
                low[c] = Math.min(low[c], value[c]);
                high[c] = Math.max(high[c], value[c]);
            }
        }
        final double[] shift = new double[width];
        final double[] scale = new double[width];
        final double[] constant = new double[width];
        final double root = power(Math.sqrt(weights / rows.size()));
        for (int c = 0; c < width; c++) {
            final double mean = sum[c] / rows.size();
            final double variance = Math.max(0, squares[c] / rows.size() - mean * mean);
            final boolean same = low[c] == high[c];
            constant[c] = same ? low[c] : Double.NaN;
            scale[c] = power(same ? Math.abs(low[c]) : variance > 0 ? Math.sqrt(variance) : high[c] - low[c]);
            final double grid = scale[c] / 16;
            shift[c] = same ? 0 : Math.rint((first[c] + mean) / grid) * grid;
            scale[c] *= root;
        }
        return new ColumnScaling(shift, scale, constant);
    }

    /** The power of two at or below a positive number; 1 for 0. */
    private static double power(final double x) {
        return x > 0 && x <= Double.MAX_VALUE ? Math.scalb(1.0, Math.getExponent(x)) : 1;
    }

    /**
     * @param column index of a column
     * @return the same without a shift of that column, its scale enlarged to its root mean square
     */
    public ColumnScaling unshifted(final int column) {
        if (shift[column] == 0) {
            return this;
        }
        final double[] s = shift.clone();
        final double[] u = scale.clone();
        s[column] = 0;
        u[column] = power(Math.hypot(shift[column], scale[column]));
        return new ColumnScaling(s, u, constant);
    }

    /**
     * @param column index of the first of a run of columns
     * @param columns how many
     * @return the same with one scale for these columns, the largest
     */
    public ColumnScaling unscaled(final int column, final int columns) {
        final double[] u = scale.clone();
        double largest = 0;
        for (int c = column; c < column + columns; c++) {
            largest = Math.max(largest, u[c]);
        }
        java.util.Arrays.fill(u, column, column + columns, largest);
        return new ColumnScaling(shift, u, constant);
    }

    /**
     * Transforms a row in place.
     *
     * @param values a row of {@link ModelRows}
     */
    public void apply(final double[] values) {
        for (int c = 0; c < shift.length; c++) {
            values[c] = (values[c] - shift[c]) / scale[c];
        }
    }
}
