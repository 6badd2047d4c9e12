package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.widget.choices.Label;

/** What the table of fitted values holds. */
public enum FittedValuesMode {
    /** A row for each row of the input. */
    @Label(value = "All rows", description = "Each row of the input has its fitted values and residuals.")
    ALL_ROWS,
    /** Nothing. */
    @Label(value = "No table", description = """
        The table stays empty. Of a million rows most of the node's time goes into it; the view has its residuals all \
        the same.""")
    NONE;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Fitted values";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = "Whether the table of fitted values is written.";

    /**
     * @return whether there is a row for each row of the input
     */
    public boolean written() {
        return this == ALL_ROWS;
    }
}
