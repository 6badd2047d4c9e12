package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.knime.settings.ColumnChecks;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.knime.core.data.DataColumnSpec;

/**
 * How columns of a table are read.
 *
 * @param specs the columns
 * @param category whether the whole numbers of a column are names
 * @param origin what the dates of a column are counted in and from, such as {@code days from 2020-01-01}
 */
record TableColumns(List<DataColumnSpec> specs, Predicate<String> category, UnaryOperator<String> origin) {
    int size() {
        return specs.size();
    }

    /** Number of columns of names. */
    long nominal() {
        return specs.stream().filter(spec -> ColumnChecks.isNominal(spec) || category.test(spec.getName())).count();
    }

    /** No column. */
    TableColumns none() {
        return new TableColumns(List.of(), category, origin);
    }

    /** A frame with these columns in the making. */
    FrameBuilder builder(final int rows) {
        final FrameBuilder builder = new FrameBuilder(rows);
        readers(builder);
        return builder;
    }

    /** Declares the columns and gives what reads their cells. */
    List<CellReader> readers(final FrameBuilder builder) {
        return specs.stream()
            .map(spec -> CellReader.of(spec, category.test(spec.getName()), origin.apply(spec.getName()), builder)).toList();
    }
}
