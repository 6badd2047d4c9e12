package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.ModelException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many rows of a table a model uses, and why not the others. */
public final class RowCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<String> columns;
    private final String weights;
    private final long[] missing;
    private long rows;
    private long used;
    private long weightless;

    /**
     * Counts of no rows.
     *
     * @param columns that the model uses
     * @param weights column of weights; null for none
     */
    public RowCounts(final List<String> columns, final String weights) {
        this.columns = List.copyOf(columns);
        this.weights = weights;
        missing = new long[columns.size()];
    }

    /**
     * @return counts of no rows, of the same model
     */
    public RowCounts fresh() {
        return new RowCounts(columns, weights);
    }

    /**
     * Adds rows.
     *
     * @param part how the model sorts them
     */
    public void add(final ModelFrame part) {
        rows += part.frame().rows();
        used += part.fitted().size();
        weightless += part.weights().zero().cardinality();
        part.missing().forEach((column, count) -> missing[columns.indexOf(column)] += count);
    }

    /**
     * Adds rows.
     *
     * @param other their counts
     */
    public void merge(final RowCounts other) {
        rows += other.rows;
        used += other.used;
        weightless += other.weightless;
        for (int c = 0; c < missing.length; c++) {
            missing[c] += other.missing[c];
        }
    }

    /**
     * @return number of rows that are fitted
     */
    public long used() {
        return used;
    }

    /**
     * @return number of rows that are not in the fit, predicted ones included
     */
    public long leftOut() {
        return rows - used;
    }

    /**
     * @return for each used column with missing values, their number; a row may count in several columns
     */
    public Map<String, Long> missing() {
        final Map<String, Long> counts = new LinkedHashMap<>();
        for (int c = 0; c < missing.length; c++) {
            if (missing[c] > 0) {
                counts.put(columns.get(c), missing[c]);
            }
        }
        return counts;
    }

    /**
     * @return what was left out, such as {@code 12 of 180 rows left out: missing value in "dose" (10), "age" (2)};
     *         empty if nothing was
     */
    public String message() {
        return LeftOutRows.message(leftOut(), rows, missing(), weights, weightless);
    }

    /**
     * @throws ModelException if no row is left
     */
    public void requireRows() {
        if (used == 0) {
            throw new ModelException(rows == 0 ? "The input table is empty."
                : "No row is left to fit the model to: " + message());
        }
    }
}
