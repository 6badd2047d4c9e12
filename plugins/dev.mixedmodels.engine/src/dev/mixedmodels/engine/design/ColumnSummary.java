package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What the fitted rows have in a numeric column.
 *
 * @param column name of the column
 * @param mean the mean
 * @param stdDeviation the standard deviation, by n - 1; 0 of a single row
 * @param quantiles least value, quartiles, greatest value: the values at these shares of the sorted rows
 * @param distinct the different values in rising order, if they are few; else null
 */
public record ColumnSummary(String column, double mean, double stdDeviation, double[] quantiles, double[] distinct) {
    /** So many different values are places to look at one by one. */
    private static final int MOST_VALUES = 20;

    static ColumnSummary of(final Column column, final Rows rows) {
        final int n = rows.size();
        final DoubleDouble sum = new DoubleDouble();
        for (int i = 0; i < n; i++) {
            sum.add(column.value(rows.row(i)));
        }
        final double mean = sum.value() / n;
        final DoubleDouble squares = new DoubleDouble();
        for (int i = 0; i < n; i++) {
            final double deviation = column.value(rows.row(i)) - mean;
            squares.add(deviation * deviation);
        }
        final double[] sorted = IntStream.range(0, n).mapToDouble(i -> column.value(rows.row(i))).sorted().toArray();
        final double[] distinct = IntStream.range(0, n).filter(i -> i == 0 || sorted[i] != sorted[i - 1])
            .mapToDouble(i -> sorted[i]).limit(MOST_VALUES + 1).toArray();
        return new ColumnSummary(column.name(), mean, n < 2 ? 0 : Math.sqrt(squares.value() / (n - 1)),
            new double[] {sorted[0], sorted[n / 4], sorted[n / 2], sorted[3 * n / 4], sorted[n - 1]},
            distinct.length > MOST_VALUES ? null : distinct);
    }

    /**
     * @return places to look at: the different values if they are few, else least value, quartiles and greatest value
     */
    public double[] places() {
        return distinct != null ? distinct.clone() : Arrays.copyOf(quantiles, quantiles.length);
    }
}
