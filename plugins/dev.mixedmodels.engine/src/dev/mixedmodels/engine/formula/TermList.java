package dev.mixedmodels.engine.formula;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The right-hand side of a linear model: terms in R's order (main effects first, then interactions of two variables,
 * and so on; otherwise as written) with or without an intercept.
 *
 * @param intercept whether there is an intercept
 * @param terms the terms, all different
 */
public record TermList(boolean intercept, List<Term> terms) {
    /**
     * @param intercept whether there is an intercept
     * @param terms the terms, all different
     */
    public TermList {
        terms = List.copyOf(terms);
    }

    /**
     * Puts terms into R's order and drops repetitions.
     *
     * @param intercept whether there is an intercept
     * @param terms terms in the order of writing
     * @return the list
     */
    public static TermList of(final boolean intercept, final List<Term> terms) {
        final List<Set<Variable>> sets = terms.stream().map(t -> Set.copyOf(t.variables())).toList();
        return of(intercept, sets, terms.stream().flatMap(t -> t.variables().stream()).distinct().toList());
    }

    /** As above from the terms' sets of variables; within a term these stand in the given order. */
    static TermList of(final boolean intercept, final Collection<Set<Variable>> terms,
        final Collection<Variable> variables) {
        final Set<Term> ordered = new LinkedHashSet<>();
        final int highest = terms.stream().mapToInt(Set::size).max().orElse(0);
        for (int order = 1; order <= highest; order++) {
            for (final Set<Variable> term : terms) {
                if (term.size() == order) {
                    ordered.add(new Term(variables.stream().filter(term::contains).toList()));
                }
            }
        }
        return new TermList(intercept, List.copyOf(ordered));
    }

    /**
     * @return names of the columns that the terms use
     */
    public Set<String> columns() {
        return terms.stream().flatMap(t -> t.variables().stream()).map(Variable::column)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public String toString() {
        final Stream<String> written = terms.stream().map(Term::toString);
        final String joined = written.collect(Collectors.joining(" + "));
        if (!intercept) {
            return joined.isEmpty() ? "0" : "0 + " + joined;
        }
        return joined.isEmpty() ? "1" : joined;
    }
}
