package dev.mixedmodels.standin.dialog;

import org.knime.node.parameters.updates.EffectPredicate;

/** A condition that was evaluated when it was made, on the values of that moment. */
record Truth(boolean holds) implements EffectPredicate {

    static boolean of(final EffectPredicate predicate) {
        return ((Truth)predicate).holds;
    }

    @Override
    public EffectPredicate and(final EffectPredicate other) {
        return new Truth(holds && of(other));
    }

    @Override
    public EffectPredicate or(final EffectPredicate other) {
        return new Truth(holds || of(other));
    }

    @Override
    public EffectPredicate negate() {
        return new Truth(!holds);
    }
}
