package dev.mixedmodels.knime.multilevel;

import dev.mixedmodels.knime.settings.ColumnChoices;
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

/** A covariate and how it enters the mean. */
@LoadDefaultsForAbsentFields
final class CenteringParameters implements NodeParameters {
    private static final class ModeReference implements ParameterReference<CenteringMode> {
    }

    static final class HasLevel implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(ModeReference.class).isOneOf(CenteringMode.WITHIN, CenteringMode.WITHIN_AND_BETWEEN);
        }
    }

    @Widget(title = "Numeric fixed effect", description = "The column that is centred.")
    @ChoicesProvider(ColumnChoices.Numeric.class)
    String column = "";

    @Widget(title = "Centred", description = "How it enters the mean.")
    @ValueReference(ModeReference.class)
    CenteringMode mode = CenteringMode.GRAND_MEAN;

    @Widget(title = "Level", description = "The column of the level within whose units it is centred.")
    @ChoicesProvider(ColumnChoices.Grouping.class)
    @Effect(predicate = HasLevel.class, type = EffectType.SHOW)
    String level = "";
}
