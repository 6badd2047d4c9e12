package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.MixedReader;
import dev.mixedmodels.engine.likelihood.MixedRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The first rows of the unit whose covariance matrix is shown. */
final class ShownRows implements Fold<ShownRows> {
    private static final long serialVersionUID = 1L;

    /**
     * A row.
     *
     * @param place in the table, counted from the first row that this object has seen
     * @param name as its block has it; null if the block has no names
     * @param weight its weight
     * @param units its unit of each factor
     * @param effects its row of Z of each factor
     */
    private record Shown(int place, String name, double weight, int[] units, double[][] effects) implements Serializable {
        Shown after(final int rows) {
            return new Shown(place + rows, name, weight, units, effects);
        }
    }

    private final MixedReader reader;
    private final int factor;
    private final int unit;
    private final int most;
    private final List<Shown> shown = new ArrayList<>();
    private int seen;

    /**
     * @param reader reads the rows
     * @param factor index of a grouping factor
     * @param unit the unit of it
     * @param most so many of its rows are wanted
     */
    ShownRows(final MixedReader reader, final int factor, final int unit, final int most) {
        this.reader = reader;
        this.factor = factor;
        this.unit = unit;
        this.most = most;
    }

    @Override
    public ShownRows fresh() {
        return new ShownRows(reader, factor, unit, most);
    }

    @Override
    public void add(final Frame block) {
        final MixedRows rows = reader.rows(block);
        final Rows fitted = rows.design().rows().fitted();
        final Factor units = rows.factor(factor);
        for (int i = 0; i < fitted.size() && shown.size() < most; i++) {
            if (units.code(fitted.row(i)) == unit) {
                put(rows, fitted.row(i), block.rowNames());
            }
        }
        seen += block.rows();
    }

    private void put(final MixedRows rows, final int row, final RowNames names) {
        final int[] effects = rows.randomEffects();
        final int[] units = new int[effects.length];
        final double[][] z = new double[effects.length][];
        for (int k = 0; k < effects.length; k++) {
            units[k] = rows.factor(k).code(row);
            z[k] = new double[effects[k]];
            rows.effects(k, row, z[k], 0);
        }
        shown.add(new Shown(seen + row, names == RowNames.NUMBERS ? null : names.of(row)[0],
            rows.design().weights().of(row), units, z));
    }

    @Override
    public void merge(final ShownRows later) {
        later.shown.stream().limit(most - shown.size()).map(row -> row.after(seen)).forEach(shown::add);
        seen += later.seen;
    }

    int size() {
        return shown.size();
    }

    /** What they are called. */
    List<String> names(final RowNames table) {
        final String[] names = table.of(shown.stream().mapToInt(Shown::place).toArray());
        final List<String> all = new ArrayList<>();
        for (final Shown row : shown) {
            all.add(row.name == null ? names[all.size()] : row.name);
        }
        return all;
    }

    double weight(final int i) {
        return shown.get(i).weight;
    }

    /** The unit of a row of a grouping factor. */
    int unit(final int i, final int k) {
        return shown.get(i).units[k];
    }

    /** Its row of Z of that factor. */
    double[] effects(final int i, final int k) {
        return shown.get(i).effects[k];
    }
}
