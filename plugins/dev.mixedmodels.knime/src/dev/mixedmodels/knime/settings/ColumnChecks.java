package dev.mixedmodels.knime.settings;

import dev.mixedmodels.engine.model.ColumnKind;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.NominalValue;
import org.knime.core.data.time.localdate.LocalDateValue;
import org.knime.core.data.time.localdatetime.LocalDateTimeValue;
import org.knime.core.node.InvalidSettingsException;

/**
 * Which columns may play which part in a model, and the errors when a setting names another one.
 */
public final class ColumnChecks {
    private ColumnChecks() {
    }

    /**
     * @param column a column
     * @return whether it can be a response or a numeric covariate
     */
    public static boolean isNumeric(final DataColumnSpec column) {
        return column.getType().isCompatible(DoubleValue.class) && !isTruth(column);
    }

    /**
     * @param column a column
     * @return whether its values can name groups: texts, truth values and whole numbers
     */
    public static boolean isGrouping(final DataColumnSpec column) {
        return isNominal(column) || column.getType().isCompatible(LongValue.class);
    }

    /**
     * @param column a column
     * @return whether it holds texts or truth values
     */
    public static boolean isNominal(final DataColumnSpec column) {
        return column.getType().isCompatible(NominalValue.class);
    }

    /**
     * @param column a column
     * @return whether it holds dates, with or without a time of day
     */
    public static boolean isDate(final DataColumnSpec column) {
        return column.getType().isCompatible(LocalDateValue.class)
            || column.getType().isCompatible(LocalDateTimeValue.class);
    }

    /**
     * @param column a column that a model can use
     * @return how a model reads it
     */
    public static ColumnKind kind(final DataColumnSpec column) {
        if (isNominal(column)) {
            return ColumnKind.NOMINAL;
        }
        return isDate(column) ? ColumnKind.DATE
            : column.getType().isCompatible(LongValue.class) ? ColumnKind.WHOLE : ColumnKind.NUMBER;
    }

    private static boolean isTruth(final DataColumnSpec column) {
        return column.getType().isCompatible(BooleanValue.class);
    }

    /**
     * @param column a column
     * @return whether its values can be times: numbers and dates
     */
    public static boolean isTime(final DataColumnSpec column) {
        return isNumeric(column) || isDate(column);
    }

    /**
     * @param column a column
     * @return whether a model can use it at all: numbers, texts, truth values and dates
     */
    public static boolean isUsable(final DataColumnSpec column) {
        return isTime(column) || isNominal(column);
    }

    /**
     * @param spec the input table
     * @param name the chosen response
     * @throws InvalidSettingsException if it is missing or not numeric
     */
    public static void requireResponse(final DataTableSpec spec, final String name) throws InvalidSettingsException {
        requireNumeric(spec, name, "response", "Response");
    }

    /**
     * @param spec the input table
     * @param name the chosen column
     * @param role its part in the model, for messages
     * @param title title of the setting
     * @throws InvalidSettingsException if it is missing or not numeric
     */
    public static void requireNumeric(final DataTableSpec spec, final String name, final String role,
        final String title) throws InvalidSettingsException {
        final DataColumnSpec column = require(spec, name, role, title);
        if (!isNumeric(column)) {
            throw new InvalidSettingsException("The " + role + " column \"" + name + "\" is not numeric but of type "
                + column.getType().getName() + ". Choose a numeric column under \"" + title + "\", or "
                + (isDate(column) ? "make a number of it, such as the days since a first date, with a Date&Time "
                    + "Difference node."
                    : isTruth(column) ? "make 0 and 1 of it with a Rule Engine node."
                        : "convert it with a String to Number node."));
        }
    }

    /**
     * @param spec the input table
     * @param name the chosen column
     * @param role its part in the model, for messages
     * @param title title of the setting
     * @throws InvalidSettingsException if it is missing or cannot name groups
     */
    public static void requireGrouping(final DataTableSpec spec, final String name, final String role,
        final String title) throws InvalidSettingsException {
        final DataColumnSpec column = require(spec, name, role, title);
        if (!isGrouping(column)) {
            throw new InvalidSettingsException("The " + role + " column \"" + name + "\" is of type "
                + column.getType().getName() + ", whose values cannot name groups. Choose a column of texts or whole "
                + "numbers under \"" + title + "\", or convert it with a "
                + (isDate(column) ? "Date&Time to String" : "Number to String") + " node.");
        }
    }

    /**
     * @param spec the input table
     * @param name the chosen column, empty for none
     * @param role its part in the model, for messages
     * @param title title of the setting
     * @throws InvalidSettingsException if it is missing or not numeric
     */
    public static void requireNumericOrNone(final DataTableSpec spec, final String name, final String role,
        final String title) throws InvalidSettingsException {
        if (!name.isEmpty()) {
            requireNumeric(spec, name, role, title);
        }
    }

    /**
     * @param spec the input table
     * @param name the chosen column, empty for none
     * @param role its part in the model, for messages
     * @param title title of the setting
     * @throws InvalidSettingsException if it is missing or cannot name groups
     */
    public static void requireGroupingOrNone(final DataTableSpec spec, final String name, final String role,
        final String title) throws InvalidSettingsException {
        if (!name.isEmpty()) {
            requireGrouping(spec, name, role, title);
        }
    }

    /**
     * @param spec the input table
     * @param name the chosen column
     * @param role its part in the model, for messages
     * @param title title of the setting
     * @throws InvalidSettingsException if it is missing or holds neither numbers nor dates
     */
    public static void requireTime(final DataTableSpec spec, final String name, final String role,
        final String title) throws InvalidSettingsException {
        final DataColumnSpec column = require(spec, name, role, title);
        if (!isTime(column)) {
            throw new InvalidSettingsException("The " + role + " column \"" + name + "\" is of type "
                + column.getType().getName() + ", and times must be numbers or dates. Choose another column under \""
                + title + "\", or convert it with a String to Number node (1, 2, 3 ...) or a String to Date&Time "
                + "node.");
        }
    }

    /**
     * @param spec the input table
     * @param name the chosen column
     * @param role its part in the model, for messages
     * @param title title of the setting
     * @throws InvalidSettingsException if it is missing or holds neither numbers nor texts nor dates
     */
    public static void requireUsable(final DataTableSpec spec, final String name, final String role,
        final String title) throws InvalidSettingsException {
        final DataColumnSpec column = require(spec, name, role, title);
        if (!isUsable(column)) {
            throw new InvalidSettingsException("The " + role + " column \"" + name + "\" is of type "
                + column.getType().getName() + ", which a model cannot use. Choose a column of numbers, texts or dates "
                + "under \"" + title + "\".");
        }
    }

    /**
     * @param spec the input table
     * @param name the chosen column
     * @param role its part in the model, for messages
     * @param title title of the setting
     * @return the column
     * @throws InvalidSettingsException if none is chosen or the table has no such column
     */
    public static DataColumnSpec require(final DataTableSpec spec, final String name, final String role,
        final String title) throws InvalidSettingsException {
        if (name == null || name.isEmpty()) {
            throw new InvalidSettingsException("No " + role + " column is chosen. Choose one under \"" + title + "\".");
        }
        final DataColumnSpec column = spec.getColumnSpec(name);
        if (column == null) {
            throw new InvalidSettingsException("The input table has no column \"" + name + "\", which is set as "
                + role + ". Choose another column under \"" + title + "\".");
        }
        return column;
    }

    /**
     * @param first a chosen column
     * @param firstTitle title of its setting
     * @param second another one
     * @param secondTitle title of its setting
     * @throws InvalidSettingsException if they are the same
     */
    public static void requireDifferent(final String first, final String firstTitle, final String second,
        final String secondTitle) throws InvalidSettingsException {
        if (first.equals(second)) {
            throw new InvalidSettingsException("The column \"" + first + "\" is chosen both under \"" + firstTitle
                + "\" and under \"" + secondTitle + "\". Choose two different columns.");
        }
    }
}
