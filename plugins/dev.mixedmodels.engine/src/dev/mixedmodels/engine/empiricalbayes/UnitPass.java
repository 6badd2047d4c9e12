package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.PartsInOrder;
import dev.mixedmodels.engine.frame.Rows;
import java.io.Serializable;

/** The pass over a table in which its units are checked and what the observed ones need is kept. */
final class UnitPass implements Fold<UnitPass> {
    private static final long serialVersionUID = 1L;

    private final UnitReader reader;
    private final EmpiricalBayesSettings settings;
    private final HeldUnits.Kept kept;
    private final PartsInOrder<Part> parts;

    /**
     * Units of a part of the table.
     *
     * @param size number of rows of that part
     * @param observed the units with an observation
     * @param places of these in the part; null unless asked for
     * @param labels of these; null unless asked for
     * @param hashes of the names of all units; null where no column names them
     */
    record Part(int size, Observed observed, int[] places, String[] labels, long[] hashes) implements Serializable {
    }

    /** Figures of units, one after the other; x and frequency may be null. */
    record Observed(double[] y, double[] precision, double[] x, double[] frequency) implements Serializable {
    }

    /**
     * @param reader takes units out of the table
     * @param settings what is fitted
     * @param kept what is kept of each unit
     * @param held takes them
     */
    UnitPass(final UnitReader reader, final EmpiricalBayesSettings settings, final HeldUnits.Kept kept,
        final HeldUnits held) {
        this(reader, settings, kept, new PartsInOrder<>(held::add));
    }

    private UnitPass(final UnitReader reader, final EmpiricalBayesSettings settings, final HeldUnits.Kept kept,
        final PartsInOrder<Part> parts) {
        this.reader = reader;
        this.settings = settings;
        this.kept = kept;
        this.parts = parts;
    }

    @Override
    public UnitPass fresh() {
        return new UnitPass(reader, settings, kept, new PartsInOrder<>(null));
    }

    @Override
    public void add(final Frame block) {
        final Units units = reader.units(block, 0);
        units.check(settings.family(), settings.prior());
        final Rows rows = units.observed();
        final Units own = units.only(rows);
        final int[] places = kept.places() ? new int[rows.size()] : null;
        final String[] labels = kept.labels() ? new String[rows.size()] : null;
        for (int i = 0; i < rows.size(); i++) {
            if (places != null) {
                places[i] = rows.row(i);
            }
            if (labels != null) {
                labels[i] = own.labels().apply(i);
            }
        }
        parts.take(new Part(block.rows(), new Observed(own.y(), own.precision(), own.mean().x(), own.frequency()),
            places, labels, units.isNamed() ? RepeatedUnits.hashes(units) : null));
    }

    @Override
    public void merge(final UnitPass later) {
        parts.takeAll(later.parts);
    }
}
