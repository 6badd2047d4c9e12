package dev.mixedmodels.engine.report;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rows units have.
 *
 * @param units number of units by number of rows
 */
public record UnitSizes(TreeMap<Integer, Integer> units) implements Serializable {
    /**
     * @param rows number of rows of each unit, in any order
     * @return the sizes
     */
    public static UnitSizes of(final int[] rows) {
        final TreeMap<Integer, Integer> units = new TreeMap<>();
        for (final int size : rows) {
            units.merge(size, 1, Integer::sum);
        }
        return new UnitSizes(units);
    }

    /**
     * @param other sizes of other units
     * @return those of all
     */
    public UnitSizes and(final UnitSizes other) {
        final TreeMap<Integer, Integer> all = new TreeMap<>(units);
        other.units.forEach((size, count) -> all.merge(size, count, Integer::sum));
        return new UnitSizes(all);
    }

    /**
     * @return number of units
     */
    public int count() {
        return units.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * @return rows of the smallest unit
     */
    public int least() {
        return units.isEmpty() ? 0 : units.firstKey();
    }

    /**
     * @return rows of the largest unit
     */
    public int most() {
        return units.isEmpty() ? 0 : units.lastKey();
    }

    /**
     * @return rows of the unit in the middle, of two units there their mean
     */
    public double median() {
        return (size((count() - 1) / 2) + size(count() / 2)) / 2.0;
    }

    /** Rows of a unit by its place in the order of sizes. */
    private int size(final int place) {
        int before = 0;
        for (final Map.Entry<Integer, Integer> size : units.entrySet()) {
            before += size.getValue();
            if (place < before) {
                return size.getKey();
            }
        }
        return 0;
    }
}
