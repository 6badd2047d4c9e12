package dev.mixedmodels.engine.formula;

import java.io.Serializable;
import java.util.ArrayList;
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
public record TermList(boolean intercept, List<Term> terms) implements Serializable {
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
        return terms.stream().flatMap(t -> t.variables().stream()).flatMap(v -> v.columns().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * R's notation, which parses to an equal list: where the terms in their order would turn the variables of an
     * interaction (b:a after a), an interaction that sets them right stands first.
     */
    @Override
    public String toString() {
        final String written = written();
        if (!intercept) {
            return written.isEmpty() ? "0" : "0 + " + written;
        }
        return written.isEmpty() ? "1" : written;
    }

    private String written() {
        if (of(intercept, terms).equals(this)) {
            return sum(terms);
        }
        for (final Term first : terms) {
            final List<Term> moved = Stream.concat(Stream.of(first), terms.stream().filter(t -> t != first)).toList();
            if (of(intercept, moved).equals(this)) {
                return sum(moved);
            }
        }
        final Term all = new Term(variables()); // in none of the terms, else it would have been found above
        return all + " + " + sum(terms) + " - " + all;
    }

    private static String sum(final List<Term> terms) {
        return terms.stream().map(Term::toString).collect(Collectors.joining(" + "));
    }

    /** All variables, in the order that they have in every term. */
    private List<Variable> variables() {
        final Set<Variable> left = terms.stream().flatMap(t -> t.variables().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
        final List<Variable> ordered = new ArrayList<>(left.size());
        while (!left.isEmpty()) {
            final Variable next = left.stream().filter(v -> terms.stream().allMatch(t -> !t.variables().contains(v)
                || t.variables().stream().filter(left::contains).findFirst().orElseThrow().equals(v))).findFirst()
                .orElseGet(() -> left.iterator().next());
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }
}
