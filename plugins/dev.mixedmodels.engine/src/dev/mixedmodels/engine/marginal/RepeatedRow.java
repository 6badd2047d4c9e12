package dev.mixedmodels.engine.marginal;

import java.io.Serializable;

/**
 * What is kept of a row until all rows of its subject are there.
 *
 * @param visit its visit in the order of time; -1 if there is no visit column, or if the visit has no response anywhere
 * @param time NaN if there is no time column
 * @param group which covariance parameters it has
 * @param place row of the table, from 0
 * @param root root of the weight
 * @param response less the centre; NaN if it is missing
 * @param offset what the mean has beside
 * @param x kept columns of X
 * @param values what tells subjects and visits apart: codes of levels, or numbers
 */
record RepeatedRow(int visit, double time, int group, int place, double root, double response, double offset,
    double[] x, double[] values) implements Serializable {
    /** What finds it, the object and its arrays. */
    private static final int BYTES = 136;

    /** The same row of a table with more rows before it. */
    RepeatedRow after(final int rows) {
        return new RepeatedRow(visit, time, group, place + rows, root, response, offset, x, values);
    }

    /** Memory that a row takes, about. */
    static long bytes(final int columns, final int values) {
        return BYTES + (long) Double.BYTES * (columns + values);
    }
}
