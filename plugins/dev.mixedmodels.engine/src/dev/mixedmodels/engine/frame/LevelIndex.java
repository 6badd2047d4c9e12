package dev.mixedmodels.engine.frame;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Numbers the levels of a grouping column in the order in which they appear, while rows stream by and are not kept.
 * A column holds either texts or whole numbers.
 */
public final class LevelIndex implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TextIndex texts = new TextIndex();
    private final LongIndex integers = new LongIndex();

    /**
     * @param level a level
     * @return its number; a new one if it was not seen before
     */
    public int add(final String level) {
        return texts.add(level);
    }

    /**
     * @param level a level
     * @return its number; a new one if it was not seen before
     */
    public int add(final long level) {
        return integers.add(level);
    }

    /**
     * @param level a level
     * @return its number, -1 if it was never added
     */
    public int find(final String level) {
        return texts.find(level);
    }

    /**
     * @param level a level
     * @return its number, -1 if it was never added
     */
    public int find(final long level) {
        return integers.find(level);
    }

    /**
     * @param column texts or whole numbers
     * @param row one that is not missing
     * @return the number of its level; a new one if it was not seen before
     */
    public int add(final Column column, final int row) {
        return column instanceof IntegerColumn integer ? add(integer.exact(row))
            : add(((NominalColumn) column).text(row));
    }

    /**
     * @param column texts or whole numbers
     * @param row one that is not missing
     * @return the number of its level, -1 if it was never added
     */
    public int find(final Column column, final int row) {
        return column instanceof IntegerColumn integer ? find(integer.exact(row))
            : find(((NominalColumn) column).text(row));
    }

    /**
     * @param other another index of the same column
     * @return the number here of each of its levels; a new one for each that was not seen before
     */
    public int[] addAll(final LevelIndex other) {
        return other.integers.size() == 0 ? IntStream.range(0, other.texts.size())
            .map(code -> add(other.texts.text(code))).toArray()
            : IntStream.range(0, other.integers.size()).map(number -> add(other.integers.key(number))).toArray();
    }

    /**
     * @return how many levels there are
     */
    int size() {
        return Math.max(integers.size(), texts.size());
    }

    /**
     * @return names of the levels by number
     */
    public List<String> names() {
        if (integers.size() == 0) {
            return texts.list();
        }
        final List<String> names = new ArrayList<>(integers.size());
        for (int i = 0; i < integers.size(); i++) {
            names.add(Long.toString(integers.key(i)));
        }
        return names;
    }

    /**
     * @return numbers of the levels in natural order
     */
    public int[] order() {
        final int[] order;
        if (integers.size() == 0) {
            final Integer[] sorted = new Integer[texts.size()];
            Arrays.setAll(sorted, i -> i);
            Arrays.sort(sorted, Comparator.comparing(texts::text, NaturalOrder.INSTANCE));
            order = Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
        } else {
            order = Arrays.stream(integers.sortedKeys()).mapToInt(integers::find).toArray();
        }
        return order;
    }

    /** The names of the levels with these numbers; large lists of whole numbers make them on demand. */
    List<String> names(final int[] numbers) {
        return integers.size() == 0 ? IntStream.of(numbers).mapToObj(texts::text).toList()
            : new FoundLevels.WholeNames(IntStream.of(numbers).mapToLong(integers::key).toArray());
    }
}
