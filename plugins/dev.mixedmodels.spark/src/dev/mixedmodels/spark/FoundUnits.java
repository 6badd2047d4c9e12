package dev.mixedmodels.spark;

import dev.mixedmodels.engine.design.UsedRows;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelIndex;
import dev.mixedmodels.engine.frame.Rows;
import java.util.List;

/** The units of a column that have fitted rows. */
final class FoundUnits implements Fold<FoundUnits> {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final UsedRows used;
    private final LevelIndex index = new LevelIndex();

    /**
     * @param column of the units
     * @param used which rows are fitted
     */
    FoundUnits(final String column, final UsedRows used) {
        this.column = column;
        this.used = used;
    }

    @Override
    public FoundUnits fresh() {
        return new FoundUnits(column, used);
    }

    @Override
    public void add(final Frame block) {
        final Column units = block.column(column);
        final Rows fitted = used.in(block).fitted();
        for (int i = 0; i < fitted.size(); i++) {
            index.add(units, fitted.row(i));
        }
    }

    @Override
    public void merge(final FoundUnits later) {
        index.addAll(later.index);
    }

    List<String> names() {
        return index.names();
    }
}
