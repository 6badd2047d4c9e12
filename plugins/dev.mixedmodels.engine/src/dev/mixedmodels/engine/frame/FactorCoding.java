package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.ModelException;

/** Builds the codes of factors in time linear in the rows, plus a sort of the levels. */
final class FactorCoding {
    private static final double LARGEST_WHOLE = 0x1p53;

    private FactorCoding() {
    }

    static Factor of(final Column column, final Rows fitted, final LevelOrder order) {
        final FoundLevels found = new FoundLevels(column.name());
        found.add(column, fitted);
        return new KnownLevels(found.ordered(order).levels()).factor(column);
    }

    /** The whole number in a row that is not missing. */
    static long whole(final Column column, final int row) {
        if (column instanceof IntegerColumn integers) {
            return integers.exact(row);
        }
        final double value = column.value(row);
        if (value != Math.rint(value) || Math.abs(value) > LARGEST_WHOLE) {
            throw ModelException.of("Column \"" + column.name() + "\" is used for grouping but has the value " + value
                + " in row ", new ModelException.Row(row), ". Use a nominal column or one of whole numbers.");
        }
        return (long) value;
    }
}
