package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;

/** Holds when the model is made of columns. */
public final class FromColumns implements EffectPredicateProvider {
    @Override
    public EffectPredicate init(final PredicateInitializer i) {
        return i.getEnum(FormulaMessage.SpecificationReference.class).isOneOf(ModelSpecificationMode.COLUMNS);
    }
}
