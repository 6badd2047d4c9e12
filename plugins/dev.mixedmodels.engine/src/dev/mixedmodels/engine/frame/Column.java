package dev.mixedmodels.engine.frame;

import java.util.BitSet;

/** A named column of a {@link Frame}, one value per row, possibly missing. */
public sealed interface Column permits NumericColumn, IntegerColumn, NominalColumn {
    /**
     * @return the name, any text
     */
    String name();

    /**
     * @return number of rows
     */
    int rows();

    /**
     * @param row row of the frame, from 0
     * @return whether the row has no usable value: missing, NaN or infinite
     */
    boolean missing(int row);

    /**
     * @return the rows for which {@link #missing(int)} holds; not to be changed
     */
    BitSet missing();

    /**
     * @param row row of the frame, from 0
     * @return the value as a number; NaN if missing or if the column is nominal
     */
    double value(int row);

    /**
     * @return whether the values are numbers
     */
    default boolean numeric() {
        return !(this instanceof NominalColumn);
    }

    /**
     * @return what the numbers of a column of dates are counted in and from, such as {@code days from 2020-01-01};
     *         empty for other columns
     */
    default String origin() {
        return "";
    }

    /**
     * @param from first row
     * @param to row after the last one
     * @return these rows as a column of their own
     */
    Column part(int from, int to);
}
