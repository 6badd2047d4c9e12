package dev.mixedmodels.knime.compare;

import dev.mixedmodels.knime.settings.Replicates;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;

/** Settings of the node Mixed Model Compare. The names of the fields are the persisted keys. */
@LoadDefaultsForAbsentFields
final class MixedModelCompareParameters implements NodeParameters {
    static final String BOOTSTRAP = "Parametric bootstrap";

    static final class IsBootstrap implements BooleanReference {
    }

    @Widget(title = "Tests", description = """
        Which models are tested against one another. A test needs the smaller model to be a special case of the larger \
        one; where it is not, the table says so.""")
    @ValueSwitchWidget
    PairsMode pairs = PairsMode.SUCCESSIVE;

    @Widget(title = BOOTSTRAP, description = """
        Whether likelihood ratios are also compared with those of responses that are drawn from the smaller model, as \
        PBmodcomp of the R package pbkrtest does. Right where chi-square distributions are poor: few groups, several \
        variances at 0. Needs the table that the models were fitted to at the optional port for data. Models of other fixed \
        effects are compared by ML, whatever they were fitted by. Not for Marginal Repeated Measures and Empirical Bayes.""")
    @ValueReference(IsBootstrap.class)
    boolean bootstrap;

    @Widget(title = Replicates.TITLE, description = Replicates.DESCRIPTION)
    @NumberInputWidget(minValidation = Replicates.Least.class, maxValidation = Replicates.Most.class)
    @Effect(predicate = IsBootstrap.class, type = EffectType.SHOW)
    int bootstrapReplicates = Replicates.DEFAULT;

    @Widget(title = Replicates.SEED_TITLE, description = Replicates.SEED_DESCRIPTION)
    @Effect(predicate = IsBootstrap.class, type = EffectType.SHOW)
    long seed = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        if (bootstrap) {
            Replicates.validate(bootstrapReplicates);
        }
    }
}
