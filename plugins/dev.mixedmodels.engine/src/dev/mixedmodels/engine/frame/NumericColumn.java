package dev.mixedmodels.engine.frame;

import java.util.Arrays;

/** Numbers; NaN and infinite values count as missing. */
public final class NumericColumn implements Column {
    private final String name;
    private final double[] values;
    private final int rows;
    private final String origin;

    /**
     * @param name the name
     * @param values one value per row, kept, not copied
     */
    public NumericColumn(final String name, final double[] values) {
        this(name, values, values.length, "");
    }

    NumericColumn(final String name, final double[] values, final int rows, final String origin) {
        this.name = name;
        this.values = values;
        this.rows = rows;
        this.origin = origin;
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public boolean missing(final int row) {
        return !Double.isFinite(values[row]);
    }

    @Override
    public double value(final int row) {
        return values[row];
    }

    /**
     * @return a copy of the values
     */
    public double[] toArray() {
        return Arrays.copyOf(values, rows);
    }

    @Override
    public Column part(final int from, final int to) {
        return new NumericColumn(name, Arrays.copyOfRange(values, from, to), to - from, origin);
    }
}
