package org.knime.node.parameters.updates;

/** A condition on the values of a dialog. */
public interface EffectPredicate {

    EffectPredicate and(EffectPredicate other);

    EffectPredicate or(EffectPredicate other);

    EffectPredicate negate();
}
