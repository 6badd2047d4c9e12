package org.knime.node.parameters.updates;

import java.util.Arrays;
import java.util.function.Predicate;

import org.knime.node.parameters.NodeParametersInput;

/** Makes a condition from references to parameters. */
@FunctionalInterface
public interface EffectPredicateProvider {

    EffectPredicate init(PredicateInitializer i);

    /** Holds when all of the given ones, at least one, hold. */
    default EffectPredicate and(final EffectPredicate... predicates) {
        return Arrays.stream(predicates).reduce(EffectPredicate::and).orElseThrow();
    }

    /** Holds when any of the given ones, at least one, holds. */
    default EffectPredicate or(final EffectPredicate... predicates) {
        return Arrays.stream(predicates).reduce(EffectPredicate::or).orElseThrow();
    }

    default EffectPredicate not(final EffectPredicate predicate) {
        return predicate.negate();
    }

    /** Gives access to parameters of each type. */
    interface PredicateInitializer {

        StringReference getString(Class<? extends ParameterReference<String>> reference);

        BooleanReference getBoolean(Class<? extends ParameterReference<Boolean>> reference);

        <T> ArrayReference getArray(Class<? extends ParameterReference<T[]>> reference);

        <E extends Enum<E>> EnumReference<E> getEnum(Class<? extends ParameterReference<E>> reference);

        boolean isMissing(Class<? extends ParameterReference<?>> reference);

        /** A condition on the inputs, which does not change while the dialog is open. */
        EffectPredicate getConstant(Predicate<NodeParametersInput> predicate);

        EffectPredicate never();

        EffectPredicate always();

        EffectPredicate getPredicate(Class<? extends EffectPredicateProvider> predicateProviderClass);

        EffectPredicate getPredicate(EffectPredicateProvider predicateProvider);

        /** Conditions on a text. */
        interface StringReference {

            EffectPredicate isEqualTo(String value);

            EffectPredicate matchesPattern(String pattern);
        }

        /** Conditions on a check box. */
        interface BooleanReference {

            EffectPredicate isTrue();

            EffectPredicate isFalse();
        }

        /**
         * Conditions on a choice.
         *
         * @param <E> the choices
         */
        interface EnumReference<E extends Enum<E>> {
            @SuppressWarnings("unchecked")
            EffectPredicate isOneOf(E... values);
        }

        /** Conditions on an array. */
        interface ArrayReference {
            EffectPredicate hasMultipleItems();
        }
    }
}
