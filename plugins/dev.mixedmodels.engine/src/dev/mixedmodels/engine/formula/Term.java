package dev.mixedmodels.engine.formula;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A main effect (one variable) or an interaction of different variables, in the order in which the formula first names
 * them.
 *
 * @param variables one or more different variables
 */
public record Term(List<Variable> variables) implements Serializable {
    /**
     * @param variables one or more different variables
     */
    public Term {
        variables = List.copyOf(variables);
    }

    /**
     * @param columns names of columns
     * @return their interaction, the main effect if it is one
     */
    public static Term of(final String... columns) {
        return new Term(Arrays.stream(columns).distinct().<Variable>map(Variable.Plain::new).toList());
    }

    /**
     * @return number of variables: 1 for a main effect
     */
    public int order() {
        return variables.size();
    }

    /**
     * @param other another term
     * @return whether they have the same variables, in whatever order
     */
    public boolean sameAs(final Term other) {
        return order() == other.order() && variables.containsAll(other.variables);
    }

    @Override
    public String toString() {
        return variables.stream().map(Variable::toString).collect(Collectors.joining(":"));
    }
}
