package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.design.UnitRoles;
import dev.mixedmodels.engine.design.UsedRows;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowCounts;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.peer.CalledData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The units of a table that a prior is estimated from. The first passes count them and find the design of the prior
 * mean, one more keeps what a fit needs of them; the rows are not kept.
 *
 * @param observed the units with an observation; those of a table that is not in memory have names only if they are few
 * @param places where they stand in the table; null if there are many
 * @param rows number of rows of the table
 * @param repeated names of units with several rows, at most one more than are named
 * @param source what they were read from; null if they were not
 */
record UnitTable(Units observed, long[] places, long rows, List<String> repeated, Source source) {
    /**
     * What units were read from.
     *
     * @param reader takes the units out of the table
     * @param data how other programs prepare it
     */
    record Source(UnitReader reader, CalledData data) {
    }

    /** Units in memory, checked, one a row. */
    static UnitTable of(final Units units) {
        final Rows rows = units.observed();
        return new UnitTable(units.only(rows), HeldUnits.Kept.of(rows.size()).places()
            ? IntStream.range(0, rows.size()).mapToLong(rows::row).toArray() : null, units.size(),
            RepeatedUnits.of(units), null);
    }

    /**
     * Reads the units of a table.
     *
     * @param model which columns tell what, and what is fitted
     * @param table the table
     * @param progress progress of the passes
     * @param warnings told what was left out
     * @return the units
     * @throws dev.mixedmodels.engine.common.ModelException if a column is missing or has the wrong type, if no row is
     *             left, if a unit is impossible, or if the units do not fit into memory
     */
    static UnitTable read(final UnitModel model, final RowSource table, final Progress progress,
        final Warnings warnings) {
        final UnitColumns columns = model.columns();
        final DesignOptions options = model.options();
        table.header().numeric(columns.observed());
        final UsedRows used = new UsedRows(columns.observed(), columns.names(), options.missing(), null);
        final RowCounts counts;
        final UnitReader reader;
        final CalledData data;
        if (columns.covariates().isEmpty()) {
            counts = table.fold(new Counting(used), progress.sub(0, 0.4)).counts;
            counts.requireRows();
            if (counts.leftOut() > 0) {
                warnings.add(counts.message() + ".");
            }
            reader = new UnitReader(columns, used, null, MeanDesign.INTERCEPT);
            data = CalledData.plain(List.copyOf(columns.names()), counts.leftOut(), null);
        } else {
            UnitRoles.requireNotFixed(columns.formula(), columns.unit(), "unit");
            final ModelDesign design = ModelDesign.of(table, columns.formula(),
                options.withAlsoUsed(columns.others().toArray(String[]::new)), List.of(), progress.sub(0, 0.6),
                warnings);
            counts = design.figures().counts();
            reader = new UnitReader(columns, used, design.binder(), mean(design));
            data = CalledData.of(design, List.of(), List.of());
        }
        final HeldUnits held = new HeldUnits(reader, model.settings(), counts.used(), table.distant());
        table.fold(new UnitPass(reader, model.settings(), HeldUnits.Kept.of(counts.used()), held),
            progress.sub(0.6, 0.9));
        return new UnitTable(held.units(), held.places(), counts.used() + counts.leftOut(),
            RepeatedUnits.of(held.hashes(), reader, table, progress.sub(0.9, 1)), new Source(reader, data));
    }

    private static MeanDesign mean(final ModelDesign model) {
        final FixedDesign design = model.fixed();
        final Map<String, double[][]> hypotheses = new LinkedHashMap<>();
        for (int term = 0; term < design.terms().size(); term++) {
            hypotheses.put(design.terms().get(term), design.typeThree(term));
        }
        return new MeanDesign(design.allNames(), design.kept(), null, hypotheses, StoredDesign.of(model));
    }

    /** Counts rows. */
    private static final class Counting implements Fold<Counting> {
        private static final long serialVersionUID = 1L;
        private final UsedRows used;
        private final RowCounts counts;

        Counting(final UsedRows used) {
            this.used = used;
            counts = new RowCounts(List.copyOf(used.columns()), null);
        }

        @Override
        public Counting fresh() {
            return new Counting(used);
        }

        @Override
        public void add(final Frame block) {
            counts.add(used.in(block));
        }

        @Override
        public void merge(final Counting later) {
            counts.merge(later.counts);
        }
    }
}
