package dev.mixedmodels.engine.frame;

import java.util.Arrays;
import java.util.BitSet;

/** Whole numbers of 64 bits, exact even where a double is not. */
public final class IntegerColumn implements Column {
    private final String name;
    private final long[] values;
    private final BitSet missing;
    private final int rows;

    /**
     * @param name the name
     * @param values one value per row, kept, not copied
     * @param missing rows without a value
     */
    public IntegerColumn(final String name, final long[] values, final BitSet missing) {
        this(name, values, missing, values.length);
    }

    IntegerColumn(final String name, final long[] values, final BitSet missing, final int rows) {
        this.name = name;
        this.values = values;
        this.missing = missing;
        this.rows = rows;
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
        return missing.get(row);
    }

    @Override
    public double value(final int row) {
        return missing.get(row) ? Double.NaN : values[row];
    }

    /**
     * @param row a row that is not missing
     * @return its exact value
     */
    public long exact(final int row) {
        return values[row];
    }

    @Override
    public Column part(final int from, final int to) {
        return new IntegerColumn(name, Arrays.copyOfRange(values, from, to), missing.get(from, to));
    }
}
