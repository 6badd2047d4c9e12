package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.IntegerColumn;
import dev.mixedmodels.engine.frame.LevelIndex;
import dev.mixedmodels.engine.frame.LongIndex;
import dev.mixedmodels.engine.frame.NominalColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which unit each row of a table belongs to, by a column or by nested columns ({@code lea/school}). */
final class RowLabels {
    private final List<Level> levels;
    private Frame part; // whose columns the levels read

    private RowLabels(final List<Level> levels) {
        this.levels = levels;
    }

    /** A column, and the units by it and those before. */
    private static final class Level {
        private final String name;
        private final LevelIndex values = new LevelIndex();
        private final LongIndex units = new LongIndex();
        private Column column;
        private int[] ofEntry; // number of each entry of the dictionary, -1 until it is asked for

        Level(final String name) {
            this.name = name;
        }

        void read(final Frame from) {
            column = from.column(name);
            if (column instanceof NominalColumn nominal) {
                ofEntry = new int[nominal.dictionarySize()];
                Arrays.fill(ofEntry, -1);
            }
        }

        int value(final int row) {
            if (column instanceof NominalColumn nominal) {
                final int code = nominal.code(row);
                if (ofEntry[code] < 0) {
                    ofEntry[code] = values.add(nominal.entry(code));
                }
                return ofEntry[code];
            }
            return values.add(column instanceof IntegerColumn whole ? whole.exact(row)
                : Double.doubleToLongBits(column.value(row)));
        }
    }

    /** The units of a grouping factor; null if it is not made of columns of the table. */
    static RowLabels of(final Frame header, final String group) {
        final List<String> names = header.has(group) ? List.of(group) : List.of(group.split("[/:]"));
        return names.stream().allMatch(header::has) ? new RowLabels(names.stream().map(Level::new).toList()) : null;
    }

    /** The unit of a row as a number, the same for all its rows; -1 if it has none. */
    int unit(final Frame from, final int row) {
        if (part != from) {
            part = from;
            levels.forEach(level -> level.read(from));
        }
        int unit = 0;
        for (final Level level : levels) {
            if (level.column.missing(row)) {
                return -1;
            }
            final int value = level.value(row);
            unit = levels.size() == 1 ? value : level.units.add((long) unit << Integer.SIZE | value);
        }
        return unit;
    }

    /** The name of a row's unit, outer to inner. */
    String name(final Frame from, final int row) {
        final List<String> texts = new ArrayList<>();
        levels.forEach(level -> texts.add(text(from.column(level.name), row)));
        return String.join("/", texts);
    }

    /** A value of a column as text. */
    static String text(final Column column, final int row) {
        if (column instanceof NominalColumn nominal) {
            return nominal.text(row);
        } else if (column instanceof IntegerColumn whole) {
            return Long.toString(whole.exact(row));
        }
        return Double.toString(column.value(row));
    }
}
