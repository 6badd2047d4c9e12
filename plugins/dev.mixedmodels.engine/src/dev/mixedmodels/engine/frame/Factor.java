package dev.mixedmodels.engine.frame;

import java.util.AbstractList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A grouping of the rows of a frame: each row has the code of its level, 0 to size - 1 in the order of the levels. The
 * levels are those of the fitted rows; another row whose value never occurs there has code -1. Immutable.
 */
public final class Factor {
    private final String name;
    private final List<String> levels;
    private final int[] codes;

    /**
     * @param name the name: a column, {@code outer/inner} or {@code a:b}
     * @param levels names of the levels in order, any text, all different
     * @param codes code of each row of the frame, kept, not copied
     */
    public Factor(final String name, final List<String> levels, final int[] codes) {
        this.name = name;
        this.levels = levels;
        this.codes = codes;
    }

    /**
     * The factor of a column, its levels in the given order.
     *
     * @param column nominal, or numeric with whole numbers only
     * @param fitted the rows whose values become levels
     * @param order order of the levels
     * @return the factor
     * @throws dev.mixedmodels.engine.common.ModelException if a value is not a whole number, or if the order does not
     *         fit the levels
     */
    public static Factor of(final Column column, final Rows fitted, final LevelOrder order) {
        return FactorCoding.of(column, fitted, order);
    }

    /** Number of rows. */
    int rows() {
        return codes.length;
    }

    /** A read-only list whose elements are made when they are asked for. */
    static List<String> lazy(final int size, final IntFunction<String> element) {
        return new AbstractList<>() {
            @Override
            public String get(final int index) {
                return element.apply(index);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /**
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * @return number of levels
     */
    public int size() {
        return levels.size();
    }

    /**
     * @return names of the levels in order; large lists make names on demand
     */
    public List<String> levels() {
        return levels;
    }

    /**
     * @param code code of a level
     * @return its name
     */
    public String level(final int code) {
        return levels.get(code);
    }

    /**
     * @param row row of the frame
     * @return code of its level, -1 if it has none
     */
    public int code(final int row) {
        return codes[row];
    }

    /**
     * Whether every level of this factor lies within one level of another, so that this one is nested in it.
     *
     * @param outer the other factor
     * @param rows the rows to look at
     * @return true if no level of this factor occurs with two levels of the other
     */
    public boolean nestedIn(final Factor outer, final Rows rows) {
        final int[] parent = new int[size()];
        final BitSet seen = new BitSet(size());
        for (int i = 0; i < rows.size(); i++) {
            final int row = rows.row(i);
            final int code = codes[row];
            if (!seen.get(code)) {
                seen.set(code);
                parent[code] = outer.code(row);
            } else if (parent[code] != outer.code(row)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
