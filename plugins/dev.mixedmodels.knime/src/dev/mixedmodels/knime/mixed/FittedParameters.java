package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.knime.guess.GuessedParameters;
import dev.mixedmodels.knime.settings.FittedValuesMode;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;

/** Settings of nodes that have a table of fitted values. */
@LoadDefaultsForAbsentFields
public abstract class FittedParameters extends GuessedParameters {
    @Widget(title = FittedValuesMode.TITLE, description = FittedValuesMode.DESCRIPTION)
    @Layout(Sections.Details.class)
    protected FittedValuesMode fittedValues = FittedValuesMode.ALL_ROWS;

    /**
     * @return whether the table of fitted values is written
     */
    public final boolean writesFittedValues() {
        return fittedValues.written();
    }
}
