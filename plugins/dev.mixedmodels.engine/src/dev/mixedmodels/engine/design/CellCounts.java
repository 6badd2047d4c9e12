package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.LongIndex;
import dev.mixedmodels.engine.frame.Rows;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** {@link Cells} in the making, over rows that stream by. */
final class CellCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of so many possible combinations no counts are taken. */
    private static final int MOST_POSSIBLE = 1 << 22;
    /** So many that occur are kept at most. */
    private static final int MOST = 50_000;
    private static final int SMALLEST = 16;

    private final List<String> factors;
    private final int[] sizes;
    private final LongIndex index = new LongIndex();
    private int[] counts = new int[SMALLEST];

    private CellCounts(final List<String> factors, final int[] sizes) {
        this.factors = factors;
        this.sizes = sizes;
    }

    /** No counts yet; null without a factor or with so many combinations that they are not worth keeping. */
    static CellCounts of(final StoredDesign stored) {
        final List<StoredDesign.Levels> means = stored.factors().stream().filter(f -> f.shares() != null).toList();
        final double possible = means.stream().mapToDouble(f -> f.levels().size()).reduce(1, (a, b) -> a * b);
        return means.isEmpty() || possible > MOST_POSSIBLE ? null
            : new CellCounts(means.stream().map(StoredDesign.Levels::column).toList(),
                means.stream().mapToInt(f -> f.levels().size()).toArray());
    }

    void add(final VariableTable table) {
        final Rows rows = table.rows().fitted();
        final Factor[] of = factors.stream().map(table::factor).toArray(Factor[]::new);
        for (int i = 0; i < rows.size(); i++) {
            int cell = 0;
            for (int f = 0; f < of.length; f++) {
                cell = cell * sizes[f] + of[f].code(rows.row(i));
            }
            count(cell, 1);
        }
    }

    private void count(final long cell, final int rows) {
        final int place = index.add(cell);
        if (place == counts.length) {
            counts = Arrays.copyOf(counts, 2 * place);
        }
        counts[place] += rows;
    }

    void merge(final CellCounts other) {
        for (int i = 0; i < other.index.size(); i++) {
            count(other.index.key(i), other.counts[i]);
        }
    }

    /** The counts; null if too many combinations occur. */
    Cells cells() {
        if (index.size() > MOST) {
            return null;
        }
        final long[] sorted = index.sortedKeys();
        final int[] codes = new int[sorted.length * sizes.length];
        final int[] rows = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            long rest = sorted[i];
            for (int f = sizes.length - 1; f >= 0; f--) {
                codes[i * sizes.length + f] = (int) (rest % sizes[f]);
                rest /= sizes[f];
            }
            rows[i] = counts[index.find(sorted[i])];
        }
        return new Cells(factors, codes, rows);
    }
}
