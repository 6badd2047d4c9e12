package dev.mixedmodels.knime.multilevel;

import dev.mixedmodels.knime.settings.ColumnChoices;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.ChoicesProvider;

/** A level: units that differ in their mean, and maybe in slopes. */
@LoadDefaultsForAbsentFields
final class LevelParameters implements NodeParameters {
    @Widget(title = "Column that names the units", description = """
        Says which unit of the level a row belongs to: texts or whole numbers.""")
    @ChoicesProvider(ColumnChoices.Grouping.class)
    String column = "";

    @Widget(title = "Columns with random slopes", description = """
        Numeric columns whose effect differs between the units. They should be fixed effects as well, for random \
        effects have mean zero. None: units differ in their mean only.""")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    @Advanced
    String[] slopes = {};

    @Widget(title = "Covariance of intercept and slopes", description = """
        Whether a unit's intercept and slopes are correlated.""")
    @Advanced
    LevelCovarianceMode covariance = LevelCovarianceMode.UNSTRUCTURED;

    /** A column not chosen yet. */
    LevelParameters() {
        // the initial values above
    }

    /** A level of units that differ in their mean. */
    LevelParameters(final String column) {
        this.column = column;
    }
}
