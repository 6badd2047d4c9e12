package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.ChoicesProvider;

/** A nominal column and the level that its other levels are compared with. */
@LoadDefaultsForAbsentFields
public final class ReferenceLevel implements NodeParameters {
    /** The column. */
    @Widget(title = "Column", description = "A nominal column of the model.")
    @ChoicesProvider(ColumnChoices.Grouping.class)
    public String column = "";

    /** Its reference level. */
    @Widget(title = "Reference level", description = """
        The level that comes first, with which the others are compared, written as in the table: placebo.""")
    public String level = "";
}
