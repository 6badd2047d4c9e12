package dev.mixedmodels.knime.guess;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.LevelIndex;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ColumnNames;
import dev.mixedmodels.knime.table.GroupColumn;
import dev.mixedmodels.knime.table.RowReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.node.parameters.NodeParametersInput;

/**
 * What is known of an input table when columns are guessed: names and types always, values only when there are rows.
 * Never what the table's domain says, for KNIME mostly does not know it. Every answer takes a pass over the columns
 * concerned and holds for any order of the rows.
 */
public final class TableFacts {
    /** Of longer tables a dialog looks at names and types only. */
    private static final long MOST_ROWS = 200_000;

    private final DataTableSpec spec;
    private final BufferedDataTable table;
    private final Progress progress;
    private final Map<String, Long> levels = new HashMap<>();
    private final Map<String, Long> rows = new HashMap<>();

    private TableFacts(final DataTableSpec spec, final BufferedDataTable table, final Progress progress) {
        this.spec = spec;
        this.table = table;
        this.progress = progress;
    }

    /**
     * @param spec the input table, null if none is connected
     * @return its names and types
     */
    public static TableFacts of(final DataTableSpec spec) {
        return new TableFacts(spec == null ? new DataTableSpec() : spec, null, Progress.NONE);
    }

    /**
     * @param table the input table
     * @param progress asked whether the user cancelled
     * @return its names, types and values
     */
    public static TableFacts of(final BufferedDataTable table, final Progress progress) {
        return new TableFacts(table.getDataTableSpec(), table, progress);
    }

    /**
     * @param context what a dialog knows of the input
     * @return names and types, and values of tables that are not long, so that the dialog opens at once
     */
    public static TableFacts of(final NodeParametersInput context) {
        return context.getInTable(0).filter(table -> table.size() <= MOST_ROWS)
            .map(table -> of(table, Progress.NONE))
            .orElseGet(() -> of(context.getInTableSpec(0).orElse(new DataTableSpec())));
    }

    /**
     * @param name of a column
     * @return how many values it has, if these are known and are whole numbers; else 0
     */
    public long wholeNumbers(final String name) {
        final DataColumnSpec column = column(name);
        return known() && column != null && ColumnNames.isWhole(column) ? levels(name) : 0;
    }

    /**
     * @return whether values are known
     */
    boolean known() {
        return table != null;
    }

    /** The columns in their order. */
    List<DataColumnSpec> columns() {
        return spec.stream().toList();
    }

    DataColumnSpec column(final String name) {
        return spec.getColumnSpec(name);
    }

    private void pass(final List<String> names, final RowReader.RowConsumer consumer) {
        try {
            RowReader.forEach(table, names.stream().mapToInt(spec::findColumnIndex).toArray(), progress,
                "Looking for columns", consumer);
        } catch (final CanceledExecutionException e) {
            final CancellationException cancelled = new CancellationException(e.getMessage());
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    private void count(final String name) {
        final int index = spec.findColumnIndex(name);
        final GroupColumn group = new GroupColumn(spec.getColumnSpec(index));
        final long[] counts = new long[2];
        pass(List.of(name), row -> {
            final DataCell cell = row.getCell(index);
            if (!cell.isMissing()) {
                counts[0] = Math.max(counts[0], group.add(cell) + 1L);
                counts[1]++;
            }
        });
        levels.put(name, counts[0]);
        rows.put(name, counts[1]);
    }

    /** Number of levels of a column of texts or whole numbers. */
    long levels(final String name) {
        if (!levels.containsKey(name)) {
            count(name);
        }
        return levels.get(name);
    }

    /** Number of rows that have a value in a column of texts or whole numbers. */
    long rows(final String name) {
        levels(name);
        return rows.get(name);
    }

    /** Whether a column of texts or whole numbers has more rows than levels, and more than one of these. */
    boolean repeats(final String name) {
        return levels(name) > 1 && levels(name) < rows(name);
    }

    /** The most rows of one level of a column of texts or whole numbers. */
    long mostRows(final String name) {
        return combinations(name, name)[1];
    }

    /** Whether every combination of levels of two columns of texts or whole numbers has one row at most. */
    boolean oneRowEach(final String a, final String b) {
        return combinations(a, b)[1] <= 1;
    }

    /** Number of combinations of levels of two columns, and the most rows of one. */
    long[] combinations(final String a, final String b) {
        final GroupColumn first = new GroupColumn(column(a));
        final GroupColumn second = new GroupColumn(column(b));
        final int i = spec.findColumnIndex(a);
        final int j = spec.findColumnIndex(b);
        final LevelIndex pairs = new LevelIndex();
        final Counter counter = new Counter();
        pass(List.of(a, b), row -> {
            if (!row.getCell(i).isMissing() && !row.getCell(j).isMissing()) {
                counter.add(pairs.add(((long) first.add(row.getCell(i)) << Integer.SIZE) | second.add(row.getCell(j))));
            }
        });
        return new long[] {counter.places, counter.most};
    }

    private static final class Counter {
        private int[] counts = new int[16];
        private long places;
        private long most;

        void add(final int place) {
            places = Math.max(places, place + 1L);
            if (place >= counts.length) {
                counts = Arrays.copyOf(counts, Math.max(place + 1, 2 * counts.length));
            }
            most = Math.max(most, ++counts[place]);
        }
    }

    /**
     * Which columns vary within the groups of another one: in at least half of those groups that have two rows. All, if
     * no group has two.
     */
    Set<String> varying(final String group, final List<String> names) {
        final GroupColumn groups = new GroupColumn(column(group));
        final int g = spec.findColumnIndex(group);
        final List<Variation> variations =
            names.stream().map(name -> new Variation(spec.findColumnIndex(name), column(name))).toList();
        final List<String> needed = new ArrayList<>(names);
        needed.add(group);
        pass(needed, row -> {
            if (!row.getCell(g).isMissing()) {
                final int level = groups.add(row.getCell(g));
                variations.forEach(variation -> variation.add(level, row.getCell(variation.index)));
            }
        });
        final Set<String> varying = new LinkedHashSet<>();
        for (int k = 0; k < names.size(); k++) {
            if (variations.get(k).inMost()) {
                varying.add(names.get(k));
            }
        }
        return varying;
    }

    /** Whether the values of one column differ within each group. */
    private static final class Variation {
        private final int index;
        private final LevelIndex texts = new LevelIndex();
        private final boolean numeric;
        private final BitSet repeated = new BitSet();
        private final BitSet differing = new BitSet();
        private double[] first = {};

        Variation(final int index, final DataColumnSpec spec) {
            this.index = index;
            numeric = ColumnChecks.isNumeric(spec);
        }

        void add(final int level, final DataCell cell) {
            if (cell.isMissing()) {
                return;
            }
            final double value = numeric ? RowReader.number(cell) : texts.add(cell.toString());
            if (level >= first.length) {
                final int filled = first.length;
                first = Arrays.copyOf(first, Math.max(level + 1, 2 * filled));
                Arrays.fill(first, filled, first.length, Double.NaN);
            }
            if (Double.isNaN(first[level])) {
                first[level] = value;
            } else if (!Double.isNaN(value)) {
                repeated.set(level);
                differing.set(level, differing.get(level) || value != first[level]);
            }
        }

        boolean inMost() {
            return 2 * differing.cardinality() >= repeated.cardinality();
        }
    }
}
