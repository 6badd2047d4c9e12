package org.knime.core.data.container;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;

/** What a table shall have: its columns and, behind them, new ones. */
public class ColumnRearranger {

    private final DataTableSpec original;

    private final List<CellFactory> appended = new ArrayList<>();

    public ColumnRearranger(final DataTableSpec original) {
        if (original == null) {
            throw new NullPointerException("There is no spec.");
        }
        this.original = original;
    }

    /** Adds the factory's columns at the end. */
    public final void append(final CellFactory fac) {
        if (fac == null) {
            throw new NullPointerException("There is no factory.");
        }
        appended.add(fac);
    }

    public final int getColumnCount() {
        return original.getNumColumns() + newColumns().length;
    }

    /** @throws IllegalArgumentException for two columns of one name */
    public final DataTableSpec createSpec() {
        return new DataTableSpec(original.getName(), Stream.concat(original.stream(), Stream.of(newColumns()))
            .toArray(DataColumnSpec[]::new));
    }

    DataTableSpec original() {
        return original;
    }

    List<CellFactory> appended() {
        return appended;
    }

    DataColumnSpec[] newColumns() {
        return appended.stream().flatMap(factory -> Stream.of(factory.getColumnSpecs()))
            .toArray(DataColumnSpec[]::new);
    }
}
