package dev.mixedmodels.engine.frame;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Codes of rows by levels that are known beforehand. */
final class KnownLevels {
    private KnownLevels() {
    }

    static Factor factor(final Column column, final List<String> levels) {
        final int[] codes = new int[column.rows()];
        if (column instanceof NominalColumn nominal) {
            final Map<String, Integer> index = index(levels);
            final int[] place = new int[nominal.dictionarySize()];
            for (int code = 0; code < place.length; code++) {
                place[code] = index.getOrDefault(nominal.entry(code), -1);
            }
            for (int row = 0; row < codes.length; row++) {
                codes[row] = nominal.code(row) < 0 ? -1 : place[nominal.code(row)];
            }
            return new Factor(column.name(), levels, codes);
        }
        final LongIndex index = wholeNumbers(levels);
        for (int row = 0; row < codes.length; row++) {
            codes[row] = index == null || column.missing(row) ? -1 : code(column, row, index);
        }
        return new Factor(column.name(), levels, codes);
    }

    private static int code(final Column column, final int row, final LongIndex index) {
        if (column instanceof IntegerColumn integers) {
            return index.find(integers.exact(row));
        }
        final double value = column.value(row);
        return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE ? index.find((long) value) : -1;
    }

    private static Map<String, Integer> index(final List<String> levels) {
        final Map<String, Integer> index = new HashMap<>(2 * levels.size());
        int code = 0;
        for (final String level : levels) {
            index.put(level, code++);
        }
        return index;
    }

    /** The levels as whole numbers; null if one is something else, for a column of such values has texts. */
    private static LongIndex wholeNumbers(final List<String> levels) {
        final LongIndex index = new LongIndex();
        for (final String level : levels) {
            try {
                final long number = Long.parseLong(level);
                if (!Long.toString(number).equals(level)) {
                    return null; // such as 07
                }
                index.add(number);
            } catch (final NumberFormatException e) {
                return null;
            }
        }
        return index;
    }

    static Factor combination(final Factor outer, final String separator, final Factor inner, final int[] outerCodes,
        final int[] innerCodes) {
        final long width = inner.size();
        final LongIndex index = new LongIndex();
        for (int k = 0; k < outerCodes.length; k++) {
            index.add(outerCodes[k] * width + innerCodes[k]);
        }
        final int[] codes = new int[outer.rows()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = outer.code(row) < 0 || inner.code(row) < 0 ? -1
                : index.find(outer.code(row) * width + inner.code(row));
        }
        return new Factor(outer.name() + separator + inner.name(), Factor.lazy(outerCodes.length,
            k -> outer.level(outerCodes[k]) + separator + inner.level(innerCodes[k])), codes);
    }
}
