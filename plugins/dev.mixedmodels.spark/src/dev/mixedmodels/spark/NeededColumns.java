package dev.mixedmodels.spark;

import dev.mixedmodels.engine.formula.Formula;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a model needs of a table, and how rows are brought together.
 *
 * @param all the columns
 * @param unit the column whose levels are each brought to one partition; null if rows stay where they are
 * @param time the column that orders the rows of a unit; null for the order of the table
 * @param whole whether all rows of a unit are needed at once, and so come one after the other
 */
record NeededColumns(List<InputColumn> all, String unit, String time, boolean whole) {
    /** Of which no unit is needed at once. */
    NeededColumns(final List<InputColumn> all, final String unit, final String time) {
        this(all, unit, time, false);
    }

    /** The same with all rows of a unit at once, in the order of the table. */
    NeededColumns withWholeUnits() {
        return new NeededColumns(all, unit, null, true);
    }

    /** Place of the column of the units; -1 if there is none. */
    int place() {
        return all.stream().map(InputColumn::name).toList().indexOf(unit);
    }

    /**
     * The columns of a model with a formula.
     *
     * @param table the input
     * @param formula the model
     * @param nominal columns that are read as categories
     * @param unit the column of the independent units, called a subject
     * @param time the column of the time; null without
     * @param weights the column of the weights; null without
     * @param others columns with other parts in the model
     */
    static NeededColumns of(final StructType table, final Formula formula, final Collection<String> nominal,
        final String unit, final String time, final String weights, final List<String> others) {
        final Set<String> names = new LinkedHashSet<>(formula.columns());
        InputColumn.grouping(table, unit == null ? "" : unit, "subject");
        names.add(unit);
        InputColumn.numeric(table, formula.response().column(), "response");
        if (time != null) {
            names.add(InputColumn.numeric(table, time, "time").name());
        }
        if (weights != null) {
            names.add(InputColumn.numeric(table, weights, "weights").name());
        }
        names.addAll(others);
        final List<InputColumn> all = new ArrayList<>();
        for (final String name : names) {
            final InputColumn column = InputColumn.of(table, name, "a part of the model");
            all.add(nominal.contains(name) ? InputColumn.grouping(table, name, "categories").asNominal() : column);
        }
        return new NeededColumns(all, unit, time);
    }
}
