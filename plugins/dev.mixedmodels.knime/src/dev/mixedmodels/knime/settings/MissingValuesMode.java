package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.widget.choices.Label;

/** What to do with rows that have a missing value in a used column. */
public enum MissingValuesMode {
    /** Leave them out. */
    @Label(value = "Leave rows out", description = """
        Rows with a missing value, NaN or an infinite number in a used column do not enter the fit; a warning counts \
        them. A row that lacks the response only is still predicted in the fitted values.""")
    OMIT_ROWS,
    /** Stop. */
    @Label(value = "Stop with an error", description = "The node stops at the first such row and names it.")
    FAIL;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Rows with missing values";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = """
        What happens to rows that have a missing value, NaN or an infinite number in a used column.""";
}
