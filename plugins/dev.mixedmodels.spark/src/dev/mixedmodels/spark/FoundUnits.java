package dev.mixedmodels.spark;

import dev.mixedmodels.engine.design.UsedRows;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelIndex;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.NaturalOrder;
import dev.mixedmodels.engine.frame.Rows;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** The units of a column that have fitted rows, and those that have rows to be predicted only. */
final class FoundUnits implements Fold<FoundUnits> {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final UsedRows used;
    private final LevelIndex index = new LevelIndex();
    private final LevelIndex predicted = new LevelIndex();

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
        final ModelFrame rows = used.in(block);
        add(index, units, rows.fitted());
        add(predicted, units, rows.predicted());
    }

    private static void add(final LevelIndex found, final Column units, final Rows rows) {
        for (int i = 0; i < rows.size(); i++) {
            found.add(units, rows.row(i));
        }
    }

    @Override
    public void merge(final FoundUnits later) {
        index.addAll(later.index);
        predicted.addAll(later.predicted);
    }

    /**
     * A unit.
     *
     * @param name its name
     * @param fitted whether it has fitted rows; such units come before the others, each in natural order
     */
    record Unit(String name, boolean fitted) implements Comparable<Unit>, Serializable {
        @Override
        public int compareTo(final Unit other) {
            return fitted != other.fitted ? Boolean.compare(other.fitted, fitted)
                : NaturalOrder.INSTANCE.compare(name, other.name);
        }
    }

    /** The units in their order, each of which has all its rows here. */
    List<Unit> units() {
        return Stream.concat(index.names().stream().map(name -> new Unit(name, true)),
            predicted.names().stream().filter(name -> index.find(name) < 0).map(name -> new Unit(name, false)))
            .sorted().toList();
    }

    /** Number of units that have fitted rows, and of all. */
    long[] counts() {
        final List<Unit> units = units();
        return new long[] {units.stream().filter(Unit::fitted).count(), units.size()};
    }
}
