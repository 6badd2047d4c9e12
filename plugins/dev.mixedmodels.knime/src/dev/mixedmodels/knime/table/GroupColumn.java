package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.frame.LevelIndex;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.LongValue;
import org.knime.core.data.NominalValue;

/** A grouping column whose levels are numbered while its rows stream by. */
public final class GroupColumn {
    private final LevelIndex index;
    private final boolean integers;

    /**
     * @param spec the column: texts, truth values or whole numbers
     */
    public GroupColumn(final DataColumnSpec spec) {
        this(spec, new LevelIndex());
    }

    /**
     * @param spec the column: texts, truth values or whole numbers
     * @param index numbers its levels
     */
    public GroupColumn(final DataColumnSpec spec, final LevelIndex index) {
        this.index = index;
        integers = !spec.getType().isCompatible(NominalValue.class);
    }

    /**
     * @param cell a cell of the column, not missing
     * @return the number of its level; a new one if it was not seen before
     */
    public int add(final DataCell cell) {
        return integers ? index.add(((LongValue) cell).getLongValue()) : index.add(cell.toString());
    }

    /**
     * @param cell a cell of the column, not missing
     * @return the number of its level, -1 if it was never added
     */
    public int find(final DataCell cell) {
        return integers ? index.find(((LongValue) cell).getLongValue()) : index.find(cell.toString());
    }

    /**
     * @return the levels
     */
    public LevelIndex levels() {
        return index;
    }
}
