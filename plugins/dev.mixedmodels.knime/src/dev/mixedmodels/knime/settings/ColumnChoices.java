package dev.mixedmodels.knime.settings;

import org.knime.core.data.DataColumnSpec;
import org.knime.node.parameters.widget.choices.util.FilteredInputTableColumnsProvider;

/** The columns that the dialogs offer. */
public final class ColumnChoices {
    private ColumnChoices() {
    }

    /** Numeric columns. */
    public static final class Numeric implements FilteredInputTableColumnsProvider {
        @Override
        public boolean isIncluded(final DataColumnSpec column) {
            return ColumnChecks.isNumeric(column);
        }
    }

    /** Columns whose values can name groups. */
    public static final class Grouping implements FilteredInputTableColumnsProvider {
        @Override
        public boolean isIncluded(final DataColumnSpec column) {
            return ColumnChecks.isGrouping(column);
        }
    }
}
