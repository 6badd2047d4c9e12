package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.model.StoredCentering;
import java.io.Serializable;
import java.util.List;

/**
 * A table with centred covariates as further columns, which are made as its rows go by. A row of a unit without fitted
 * rows has missing values there.
 *
 * @param source the table
 * @param columns the further columns
 */
record CentredSource(RowSource source, Columns columns) implements RowSource {
    /**
     * Makes them.
     *
     * @param binder knows the units; null if there are no covariates
     * @param centred the covariates
     */
    record Columns(DesignBinder binder, List<StoredCentering> centred) implements Serializable {
        static final Columns NONE = new Columns(null, List.of());

        Frame addTo(final Frame table) {
            Frame all = table;
            for (final StoredCentering covariate : centred) {
                all = covariate.addTo(all, binder);
            }
            return all;
        }
    }

    /** Gathers from blocks with these columns. */
    private record Widened<F extends Fold<F>>(F sums, Columns columns) implements Fold<Widened<F>> {
        @Override
        public Widened<F> fresh() {
            return new Widened<>(sums.fresh(), columns);
        }

        @Override
        public void add(final Frame block) {
            sums.add(columns.addTo(block));
        }

        @Override
        public void merge(final Widened<F> later) {
            sums.merge(later.sums);
        }
    }

    @Override
    public Frame header() {
        return columns.addTo(source.header());
    }

    @Override
    public RowNames rowNames() {
        return source.rowNames();
    }

    @Override
    public <F extends Fold<F>> F fold(final F sums, final Progress progress) {
        return source.fold(new Widened<>(sums, columns), progress).sums;
    }

    @Override
    public Frame frame(final Progress progress) {
        return columns.addTo(source.frame(progress));
    }
}
