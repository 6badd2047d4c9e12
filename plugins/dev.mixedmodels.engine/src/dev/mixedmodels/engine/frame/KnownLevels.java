package dev.mixedmodels.engine.frame;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Levels that are known from other data, by which the rows of any table are coded. Safe for several threads. */
public final class KnownLevels {
    private final List<String> levels;
    private Map<String, Integer> texts; // made when first needed
    private LongIndex numbers;
    private NominalColumn last; // whose dictionary was looked up
    private int[] places;

    /**
     * @param levels the levels in order
     */
    public KnownLevels(final List<String> levels) {
        this.levels = levels;
    }

    /**
     * @param column nominal or numeric
     * @return its factor; a value that is not among the levels has code -1
     */
    public Factor factor(final Column column) {
        final int[] codes = new int[column.rows()];
        if (column instanceof NominalColumn nominal) {
            final int[] place = places(nominal);
            for (int row = 0; row < codes.length; row++) {
                codes[row] = nominal.code(row) < 0 ? -1 : place[nominal.code(row)];
            }
            return new Factor(column.name(), levels, codes);
        }
        if (levels instanceof NumberedLevels numbered) {
            Arrays.setAll(codes, row -> numbered.code(column, row));
            return new Factor(column.name(), levels, codes);
        }
        final LongIndex index = numbers();
        for (int row = 0; row < codes.length; row++) {
            codes[row] = index == null || column.missing(row) ? -1 : code(column, row, index);
        }
        return new Factor(column.name(), levels, codes);
    }

    /** The code of each entry of a dictionary; that of a table goes on from part to part. */
    private synchronized int[] places(final NominalColumn column) {
        final int known = column.sharesDictionary(last) ? places.length : 0;
        if (known == 0 || known < column.dictionarySize()) {
            final Map<String, Integer> index = texts();
            places = known == 0 ? new int[column.dictionarySize()] : Arrays.copyOf(places, column.dictionarySize());
            for (int code = known; code < places.length; code++) {
                places[code] = index.getOrDefault(column.entry(code), -1);
            }
            last = column;
        }
        return places;
    }

    private static int code(final Column column, final int row, final LongIndex index) {
        if (column instanceof IntegerColumn integers) {
            return index.find(integers.exact(row));
        }
        final double value = column.value(row);
        return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE ? index.find((long) value) : -1;
    }

    private synchronized Map<String, Integer> texts() {
        if (texts == null) {
            texts = new HashMap<>(2 * levels.size());
            int code = 0;
            for (final String level : levels) {
                texts.put(level, code++);
            }
        }
        return texts;
    }

    /** The levels as whole numbers; null if one is something else, for a column of such values has texts. */
    private synchronized LongIndex numbers() {
        if (numbers == null && levels instanceof FoundLevels.WholeNames whole) {
            numbers = whole.index();
        } else if (numbers == null && areNumbers(levels)) {
            numbers = new LongIndex();
            levels.forEach(level -> numbers.add(Long.parseLong(level)));
        }
        return numbers;
    }

    /**
     * @param levels some levels
     * @return whether each is the text of a whole number, so that numbers can name them
     */
    public static boolean areNumbers(final List<String> levels) {
        return levels.stream().allMatch(KnownLevels::isNumber);
    }

    /** Not so 07. */
    private static boolean isNumber(final String level) {
        try {
            return Long.toString(Long.parseLong(level)).equals(level);
        } catch (final NumberFormatException e) {
            return false;
        }
    }
}
