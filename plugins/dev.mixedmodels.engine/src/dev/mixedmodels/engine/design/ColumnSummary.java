package dev.mixedmodels.engine.design;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What the fitted rows have in a numeric column.
 *
 * @param column name of the column
 * @param mean the mean
 * @param stdDeviation the standard deviation, by n - 1; 0 of a single row
 * @param quantiles least value, quartiles, greatest value: the values at these shares of the sorted rows; of more than
 *            2^16 different values the quartiles are told to a part in 2^13 of themselves, or in 2^27 of the largest
 *            value
 * @param distinct the different values in rising order, if they are few; else null
 */
public record ColumnSummary(String column, double mean, double stdDeviation, double[] quantiles, double[] distinct)
    implements Serializable {
    /** So many different values are places to look at one by one. */
    static final int MOST_VALUES = 20;

    /**
     * @return places to look at: the different values if they are few, else least value, quartiles and greatest value
     */
    public double[] places() {
        return distinct != null ? distinct.clone() : Arrays.copyOf(quantiles, quantiles.length);
    }
}
