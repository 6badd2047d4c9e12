package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which factors of a term are coded by contrasts and which by an indicator for every level.
 * <p>
 * A factor has contrasts if the term without it (its margin) lies within an earlier term, or is empty; else
 * indicators. Without an intercept the first factor of the first term with factors has indicators. Source: Chambers
 * &amp; Hastie (1992) Statistical Models in S, p. 38, in the form that R's {@code terms} and {@code model.matrix} use.
 */
final class TermCoding {
    private TermCoding() {
    }

    /**
     * @param terms the terms in R's order
     * @param isFactor whether a variable is a factor
     * @return for each term the factors with an indicator for every level
     */
    static List<Set<Variable>> indicators(final TermList terms, final Predicate<Variable> isFactor) {
        final List<Set<Variable>> indicators = new ArrayList<>();
        boolean first = !terms.intercept();
        for (int t = 0; t < terms.terms().size(); t++) {
            final Term term = terms.terms().get(t);
            final Set<Variable> full = new HashSet<>();
            for (final Variable variable : term.variables()) {
                if (isFactor.test(variable)) {
                    if (first || !hasMargin(terms.terms().subList(0, t), term, variable)) {
                        full.add(variable);
                    }
                    first = false;
                }
            }
            indicators.add(full);
        }
        return indicators;
    }

    private static boolean hasMargin(final List<Term> earlier, final Term term, final Variable without) {
        final Set<Variable> margin = new HashSet<>(term.variables());
        margin.remove(without);
        return margin.isEmpty() || earlier.stream().anyMatch(other -> other.variables().containsAll(margin));
    }
}
