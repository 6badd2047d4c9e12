package dev.mixedmodels.engine.frame;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Numbers; NaN and infinite values count as missing.
 *
 * @param name the name
 * @param values one value per row, kept, not copied; what is beyond the last row means nothing
 * @param rows number of rows
 * @param origin of times
 */
public record NumericColumn(String name, double[] values, int rows, String origin) implements Column {

    /**
     * @param name the name
     * @param values one value per row, kept, not copied
     */
    public NumericColumn(final String name, final double[] values) {
        this(name, values, values.length, "");
    }

    @Override
    public boolean missing(final int row) {
        return !Double.isFinite(values[row]);
    }

    @Override
    public BitSet missing() {
        final BitSet missing = new BitSet();
        for (int row = 0; row < rows; row++) {
            if (!Double.isFinite(values[row])) {
                missing.set(row);
            }
        }
        return missing;
    }

    @Override
    public double value(final int row) {
        return values[row];
    }

    @Override
    public Column part(final int from, final int to) {
        return new NumericColumn(name, Arrays.copyOfRange(values, from, to), to - from, origin);
    }
}
