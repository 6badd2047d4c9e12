package dev.mixedmodels.engine.frame;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Whole numbers of 64 bits, exact even where a double is not.
 *
 * @param name the name
 * @param values one value per row, kept, not copied; what is beyond the last row means nothing
 * @param missing rows without a value
 * @param rows number of rows
 */
public record IntegerColumn(String name, long[] values, BitSet missing, int rows) implements Column {

    /**
     * @param name the name
     * @param values one value per row, kept, not copied
     * @param missing rows without a value
     */
    public IntegerColumn(final String name, final long[] values, final BitSet missing) {
        this(name, values, missing, values.length);
    }

    @Override
    public boolean missing(final int row) {
        return missing.get(row);
    }

    @Override
    public BitSet missing() {
        return missing.length() > rows ? missing.get(0, rows) : missing;
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
