package dev.mixedmodels.headless.sample;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.NominalValue;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.WidgetGroup;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.persistence.Persistable;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;
import org.knime.node.parameters.widget.choices.filter.ColumnFilterWidget;
import org.knime.node.parameters.widget.choices.util.ColumnSelectionUtil;
import org.knime.node.parameters.widget.choices.util.CompatibleColumnsProvider;

/** One setting of every kind. */
public final class SampleParameters implements NodeParameters {

    /** What the node shall do. */
    enum Behaviour {
        @Label(value = "Work", description = "as it <i>should</i>")
        WORK, FAIL, CRASH, NO_OUTPUT, OTHER_SPEC
    }

    interface BehaviourRef extends ParameterReference<Behaviour> {
    }

    static final class SwitchRef implements BooleanReference {
    }

    static final class Works implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return and(i.getEnum(BehaviourRef.class).isOneOf(Behaviour.WORK), not(i.never()));
        }
    }

    static final class Numbers extends CompatibleColumnsProvider.DoubleColumnsProvider {
    }

    static final class Categories extends CompatibleColumnsProvider {
        Categories() {
            super(NominalValue.class);
        }
    }

    static final class Level implements NodeParameters {

        @ChoicesProvider(Categories.class)
        String column = "";

        String level = "none";
    }

    static final class Group implements WidgetGroup, Persistable {

        @Widget(title = "Iterations", description = "")
        int iterations = 100;

        long seed = 1;
    }

    @Widget(title = "Response", description = "A <b>number</b>.")
    @ChoicesProvider(Numbers.class)
    String response = "";

    @Widget(title = "Behaviour", description = "What to do.")
    @ValueReference(BehaviourRef.class)
    Behaviour behaviour = Behaviour.WORK;

    @Widget(title = "Confidence level", description = "")
    @Effect(predicate = Works.class, type = EffectType.SHOW)
    @Persist(configKey = "level")
    double confidenceLevel = 95;

    @Widget(title = "Switch", description = "")
    @ValueReference(SwitchRef.class)
    boolean m_switch;

    @Widget(title = "Columns", description = "")
    @ColumnFilterWidget(choicesProvider = Categories.class)
    @Effect(predicate = SwitchRef.class, type = EffectType.HIDE)
    ColumnFilter columns = new ColumnFilter();

    String[] order = {};

    Level[] referenceLevels = {};

    @Advanced
    Group fitting = new Group();

    @Migrate(loadDefaultIfAbsent = true)
    int addedLater = 7;

    SampleParameters() {
    }

    SampleParameters(final NodeParametersInput input) {
        response = input.getInTableSpec(0)
            .flatMap(spec -> ColumnSelectionUtil.getFirstCompatibleColumn(spec, DoubleValue.class))
            .map(DataColumnSpec::getName).orElse("");
    }

    @Override
    public void validate() throws InvalidSettingsException {
        if (!(confidenceLevel > 0 && confidenceLevel < 100)) {
            throw new InvalidSettingsException("The confidence level must be between 0 and 100.");
        }
    }
}
