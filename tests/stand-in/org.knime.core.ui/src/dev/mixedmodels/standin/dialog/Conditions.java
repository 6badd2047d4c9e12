package dev.mixedmodels.standin.dialog;

import java.util.Arrays;
import java.util.function.Predicate;

import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.EffectPredicateProvider.PredicateInitializer;
import org.knime.node.parameters.updates.ParameterReference;

import dev.mixedmodels.standin.settings.ParameterTree;

/** Evaluates conditions on the values of a dialog. */
final class Conditions implements PredicateInitializer {

    private final Values values;

    Conditions(final Values values) {
        this.values = values;
    }

    boolean holds(final Class<? extends EffectPredicateProvider> provider) {
        return Truth.of(getPredicate(provider));
    }

    @Override
    public StringReference getString(final Class<? extends ParameterReference<String>> reference) {
        final String text = values.get(reference);
        return new StringReference() {
            @Override
            public EffectPredicate isEqualTo(final String value) {
                return new Truth(value.equals(text));
            }

            @Override
            public EffectPredicate matchesPattern(final String pattern) {
                return new Truth(text != null && text.matches(pattern));
            }
        };
    }

    @Override
    public BooleanReference getBoolean(final Class<? extends ParameterReference<Boolean>> reference) {
        final boolean ticked = values.get(reference);
        return new BooleanReference() {
            @Override
            public EffectPredicate isTrue() {
                return new Truth(ticked);
            }

            @Override
            public EffectPredicate isFalse() {
                return new Truth(!ticked);
            }
        };
    }

    @Override
    public <T> ArrayReference getArray(final Class<? extends ParameterReference<T[]>> reference) {
        final Object[] array = values.get(reference);
        return () -> new Truth(array.length > 1);
    }

    @Override
    public <E extends Enum<E>> EnumReference<E> getEnum(final Class<? extends ParameterReference<E>> reference) {
        final E chosen = values.get(reference);
        return new EnumReference<>() {
            @Override
            @SafeVarargs
            @SuppressWarnings("varargs")
            public final EffectPredicate isOneOf(final E... constants) {
                return new Truth(Arrays.asList(constants).contains(chosen));
            }
        };
    }

    @Override
    public boolean isMissing(final Class<? extends ParameterReference<?>> reference) {
        return !values.has(reference);
    }

    @Override
    public EffectPredicate getConstant(final Predicate<NodeParametersInput> predicate) {
        return new Truth(predicate.test(values.context()));
    }

    @Override
    public EffectPredicate never() {
        return new Truth(false);
    }

    @Override
    public EffectPredicate always() {
        return new Truth(true);
    }

    @Override
    public EffectPredicate getPredicate(final Class<? extends EffectPredicateProvider> predicateProviderClass) {
        return getPredicate(ParameterTree.instantiate(predicateProviderClass));
    }

    @Override
    public EffectPredicate getPredicate(final EffectPredicateProvider predicateProvider) {
        return predicateProvider.init(this);
    }
}
