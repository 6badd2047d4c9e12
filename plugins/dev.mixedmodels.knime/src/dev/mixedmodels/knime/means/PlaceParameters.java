package dev.mixedmodels.knime.means;

import dev.mixedmodels.engine.means.Place;
import java.util.Arrays;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;

/** A numeric column and the values at which means are taken. */
@LoadDefaultsForAbsentFields
final class PlaceParameters implements NodeParameters {
    private static final String GIVEN = "Values";

    private static final class ValuesReference implements ParameterReference<ValuesMode> {
    }

    static final class IsGiven implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(ValuesReference.class).isOneOf(ValuesMode.GIVEN);
        }
    }

    @Widget(title = "Numeric column", description = """
        A numeric fixed effect. One that is centred within units has the name that it has in the table Fixed effects.""")
    @ChoicesProvider(ModelChoices.Numbers.class)
    String column = "";

    @Widget(title = "At", description = "Which of its values.")
    @ValueReference(ValuesReference.class)
    ValuesMode values = ValuesMode.MEAN_AND_DEVIATIONS;

    @Widget(title = GIVEN, description = "Numbers with commas between, such as 40, 50.5, 60.")
    @Effect(predicate = IsGiven.class, type = EffectType.SHOW)
    String given = "";

    Place place() throws InvalidSettingsException {
        if (column == null || column.isEmpty()) {
            throw new InvalidSettingsException("A place of means lacks its column. Choose one under \""
                + MixedModelMeansParameters.AT + "\", or remove it.");
        }
        return new Place(column, Place.Rule.valueOf(values.name()), values == ValuesMode.GIVEN ? numbers() : new double[0]);
    }

    private double[] numbers() throws InvalidSettingsException {
        try {
            final double[] numbers = Arrays.stream(given.split(",")).map(String::strip).filter(text -> !text.isEmpty())
                .mapToDouble(Double::parseDouble).distinct().toArray();
            if (numbers.length > 0 && Arrays.stream(numbers).allMatch(Double::isFinite)) {
                return numbers;
            }
        } catch (final NumberFormatException e) {
            throw wrong(e);
        }
        throw wrong(null);
    }

    private InvalidSettingsException wrong(final NumberFormatException cause) {
        return new InvalidSettingsException("The values of \"" + column + "\" at which means are taken are \"" + given
            + "\". Write numbers with commas between, such as 40, 50.5, 60.", cause);
    }
}
