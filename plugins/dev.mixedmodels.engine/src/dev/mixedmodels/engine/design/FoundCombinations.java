package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.LongIndex;
import dev.mixedmodels.engine.frame.Rows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The combinations of levels that occur in rows that stream by, of the columns by which random terms group: of the
 * first two, these with the third, and so on, numbered as they come.
 */
final class FoundCombinations implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Grouping> groupings = new ArrayList<>();
    private final List<LongIndex> found = new ArrayList<>();
    private final int[] outer; // for each grouping the one of all columns but the last; -1 for a single column
    private final long[] width;

    /** No combinations yet, of the groupings of a model whose levels are known. */
    FoundCombinations(final StoredDesign stored) {
        this(wanted(stored.formula()), stored);
    }

    private FoundCombinations(final Set<Grouping> wanted, final StoredDesign stored) {
        groupings.addAll(wanted);
        outer = new int[groupings.size()];
        width = new long[groupings.size()];
        for (int k = 0; k < outer.length; k++) {
            final Grouping grouping = groupings.get(k);
            final int last = grouping.columns().size() - 1;
            found.add(new LongIndex());
            outer[k] = groupings.indexOf(part(grouping, last));
            width[k] = stored.factor(grouping.columns().get(last)).levels().size();
        }
    }

    private static Grouping part(final Grouping grouping, final int columns) {
        return new Grouping(grouping.columns().subList(0, columns), grouping.separators().substring(0, columns - 1));
    }

    private static Set<Grouping> wanted(final Formula formula) {
        final Set<Grouping> wanted = new LinkedHashSet<>();
        for (final RandomTerm term : formula.random()) {
            for (int n = 2; n <= term.grouping().columns().size(); n++) {
                wanted.add(part(term.grouping(), n));
            }
        }
        return wanted;
    }

    void add(final VariableTable table) {
        final Rows rows = table.rows().fitted();
        final int[][] numbers = new int[outer.length][rows.size()];
        for (int k = 0; k < outer.length; k++) {
            final List<String> columns = groupings.get(k).columns();
            final Factor first = table.factor(columns.get(0));
            final Factor last = table.factor(columns.get(columns.size() - 1));
            for (int i = 0; i < rows.size(); i++) {
                final int row = rows.row(i);
                final long before = outer[k] < 0 ? first.code(row) : numbers[outer[k]][i];
                numbers[k][i] = found.get(k).add(before * width[k] + last.code(row));
            }
        }
    }

    void merge(final FoundCombinations other) {
        final int[][] here = new int[outer.length][];
        for (int k = 0; k < outer.length; k++) {
            final LongIndex there = other.found.get(k);
            here[k] = new int[there.size()];
            for (int number = 0; number < there.size(); number++) {
                final long before = there.key(number) / width[k];
                here[k][number] = found.get(k).add((outer[k] < 0 ? before : here[outer[k]][(int) before]) * width[k]
                    + there.key(number) % width[k]);
            }
        }
    }

    /** All of them, in the order of the levels. */
    List<StoredDesign.Combinations> sorted() {
        final List<StoredDesign.Combinations> all = new ArrayList<>();
        final int[][] place = new int[outer.length][];
        for (int k = 0; k < outer.length; k++) {
            final int size = found.get(k).size();
            final long[] keys = new long[size];
            for (int number = 0; number < size; number++) {
                final long before = found.get(k).key(number) / width[k];
                keys[number] = (outer[k] < 0 ? before : place[outer[k]][(int) before]) * width[k]
                    + found.get(k).key(number) % width[k];
            }
            final int[] order = IntStream.range(0, size).boxed().sorted(Comparator.comparingLong(i -> keys[i]))
                .mapToInt(Integer::intValue).toArray();
            place[k] = new int[size];
            for (int i = 0; i < size; i++) {
                place[k][order[i]] = i;
            }
            final long levels = width[k];
            all.add(new StoredDesign.Combinations(groupings.get(k),
                Arrays.stream(order).map(i -> (int) (keys[i] / levels)).toArray(),
                Arrays.stream(order).map(i -> (int) (keys[i] % levels)).toArray()));
        }
        return all;
    }
}
