package dev.mixedmodels.engine.formula;

import java.io.Serializable;

/**
 * Random effects of one grouping: {@code (effects | grouping)}, or {@code (effects || grouping)} when the effects of
 * different terms are independent.
 *
 * @param effects intercept and slopes
 * @param grouping what they vary over
 * @param correlated false for {@code ||}
 */
public record RandomTerm(TermList effects, Grouping grouping, boolean correlated) implements Serializable {
    @Override
    public String toString() {
        return "(" + lhs() + " " + bar() + " " + grouping + ")";
    }

    String lhs() {
        return effects.intercept() && !effects.terms().isEmpty() ? "1 + " + effects : effects.toString();
    }

    String bar() {
        return correlated ? "|" : "||";
    }
}
