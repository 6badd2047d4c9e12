package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ReferenceLevel;
import java.util.HashSet;
import java.util.Set;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;

/** Checks of reference levels. */
public final class FactorLevels {
    private FactorLevels() {
    }

    /**
     * @param references the setting
     * @throws InvalidSettingsException if a column has two
     */
    public static void validate(final ReferenceLevel[] references) throws InvalidSettingsException {
        final Set<String> columns = new HashSet<>();
        for (final ReferenceLevel reference : references) {
            if (!columns.add(reference.column)) {
                throw new InvalidSettingsException("The column \"" + reference.column + "\" has two reference levels, "
                    + "and can have one only. Remove the other one.");
            }
        }
    }

    /**
     * @param references the setting
     * @param spec the input table
     * @param title title of the setting
     * @throws InvalidSettingsException if a column is missing or cannot have levels
     */
    public static void check(final ReferenceLevel[] references, final DataTableSpec spec, final String title)
        throws InvalidSettingsException {
        for (final ReferenceLevel reference : references) {
            ColumnChecks.requireGrouping(spec, reference.column, "reference level's", title);
        }
    }
}
