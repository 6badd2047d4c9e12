package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.knime.guess.GuessedParameters;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ColumnChoices;
import dev.mixedmodels.knime.settings.FittedValuesMode;
import dev.mixedmodels.knime.settings.NoColumn;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;

/** Settings of nodes whose rows may have weights and have fitted values. */
@LoadDefaultsForAbsentFields
public abstract class WeightedParameters extends GuessedParameters {
    @Widget(title = FittedValuesMode.TITLE, description = FittedValuesMode.DESCRIPTION)
    @Layout(Sections.Details.class)
    protected FittedValuesMode fittedValues = FittedValuesMode.ALL_ROWS;

    private static final String TITLE = "Weights";

    private static final class WeightsReference implements ParameterReference<String> {
    }

    static final class WeightsShown extends NoColumn.Shown {
        WeightsShown() {
            super(WeightsReference.class);
        }
    }

    @Widget(title = TITLE, description = """
        A numeric column w of positive numbers: the residual variance of a row is divided by its weight, so that precise \
        rows count for more. A row that is the mean of so many measurements has their number as weight, a row with a \
        known error variance one over that. A weight is no number of equal rows: 2 is not the same as the row twice. Rows \
        with the weight 0 are left out.""")
    @ChoicesProvider(ColumnChoices.OptionalNumeric.class)
    @ValueReference(WeightsReference.class)
    @ValueProvider(WeightsShown.class)
    @Layout(Sections.Estimation.class)
    protected String weights = "";

    /**
     * @return whether the table of fitted values is written
     */
    public final boolean writesFittedValues() {
        return fittedValues.written();
    }

    /**
     * @return the column of weights; null for none
     */
    public final String weightsOrNull() {
        return weights == null || weights.isEmpty() ? null : weights;
    }

    /**
     * @param columns that the model needs
     * @return the same and the column of weights if there is one: what is to be read from the table. Predictions for
     *         other rows need no weights
     */
    public final Set<String> withWeights(final Collection<String> columns) {
        final Set<String> all = new LinkedHashSet<>(columns);
        Stream.ofNullable(weightsOrNull()).forEach(all::add);
        return all;
    }

    /**
     * @param spec the input table
     * @param response the column that is explained
     * @param title title of its setting
     * @param units columns that tell units apart
     * @throws InvalidSettingsException if the column of weights is missing, not numeric, the response, or one of units
     */
    protected final void checkWeights(final DataTableSpec spec, final String response, final String title,
        final Collection<String> units) throws InvalidSettingsException {
        ColumnChecks.requireNumericOrNone(spec, weights, "weights", TITLE);
        if (weights.isEmpty()) {
            return;
        }
        ColumnChecks.requireDifferent(response, title, weights, TITLE);
        if (units.contains(weights)) {
            throw new InvalidSettingsException("The column \"" + weights + "\" under \"" + TITLE + "\" tells units apart. "
                + "Choose another column of weights, or none.");
        }
    }
}
