package dev.mixedmodels.knime.formula;

import dev.mixedmodels.engine.formula.Expression;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import dev.mixedmodels.knime.settings.Objections;
import java.util.Collection;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;

/** Reads formulas that users write, and compares them with a table. */
public final class Formulas {
    private Formulas() {
    }

    /**
     * @param text R's notation
     * @return the model
     * @throws InvalidSettingsException if the text is no formula; the message marks the place
     */
    public static Formula parse(final String text) throws InvalidSettingsException {
        if (text.isBlank()) {
            throw new InvalidSettingsException("The formula is empty. Write one under \""
                + ModelSpecificationMode.FORMULA_TITLE + "\", such as y ~ x, or set \""
                + ModelSpecificationMode.TITLE + "\" to Columns.");
        }
        return Objections.of(() -> Formula.parse(text));
    }

    /**
     * @param formula a model
     * @param spec the input table
     * @throws InvalidSettingsException if the table lacks one of its columns or has it with an unsuitable type
     */
    public static void requireColumns(final Formula formula, final DataTableSpec spec)
        throws InvalidSettingsException {
        for (final String name : formula.columns()) {
            final DataColumnSpec column = spec.getColumnSpec(name);
            if (column == null) {
                throw new InvalidSettingsException("The formula \"" + formula + "\" uses the column \"" + name
                    + "\", which the input table does not have.");
            }
            if (!ColumnChecks.isUsable(column)) {
                throw new InvalidSettingsException("The formula \"" + formula + "\" uses the column \"" + name
                    + "\", which is of type " + column.getType().getName() + ". A model can use numbers, texts and "
                    + "dates.");
            }
        }
        ColumnChecks.requireResponse(spec, formula.response().column());
        for (final Variable variable : formula.variables()) {
            if (!(variable instanceof Variable.Plain) && !(variable instanceof Variable.Levels)) {
                requireNumbers(variable.toString(), variable.columns(), spec);
            }
        }
        for (final Expression offset : formula.offsets()) {
            requireNumbers("offset(" + offset + ")", offset.columns(), spec);
        }
    }

    private static void requireNumbers(final String what, final Collection<String> columns, final DataTableSpec spec)
        throws InvalidSettingsException {
        for (final String name : columns) {
            if (!ColumnChecks.isTime(spec.getColumnSpec(name))) {
                throw new InvalidSettingsException(what + " in the formula needs numbers or dates, but the column \""
                    + name + "\" is of type " + spec.getColumnSpec(name).getType().getName() + ".");
            }
        }
    }
}
