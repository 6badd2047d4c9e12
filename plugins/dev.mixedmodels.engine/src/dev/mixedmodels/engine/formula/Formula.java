package dev.mixedmodels.engine.formula;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A model: response, fixed effects, random terms. Made from R's notation by {@link #parse} or from settings by
 * {@link FormulaBuilder}; {@link #toString} gives R's notation, which parses to an equal model.
 *
 * @param response what is modelled
 * @param fixed the terms of the mean
 * @param random the random terms, {@code (1 | a/b)} as its two parts
 * @param offsets what is added to the mean as it is, without a coefficient
 */
public record Formula(Variable response, TermList fixed, List<RandomTerm> random, List<Expression> offsets)
    implements Serializable {
    /**
     * @param response what is modelled
     * @param fixed the terms of the mean
     * @param random the random terms
     * @param offsets what is added to the mean
     */
    public Formula {
        random = List.copyOf(random);
        offsets = List.copyOf(offsets);
    }

    /**
     * Reads R's notation.
     *
     * @param text such as {@code y ~ time * arm + I(time^2) + (1 + time | subject)}
     * @return the model
     * @throws dev.mixedmodels.engine.common.ModelException if the text is not a formula of this kind; the message
     *         quotes what stands before and after the place
     */
    public static Formula parse(final String text) {
        return new FormulaParser(text).parse();
    }

    /**
     * @return names of all columns that the model uses, the response first
     */
    public Set<String> columns() {
        final Set<String> columns = new LinkedHashSet<>();
        columns.add(response.column());
        columns.addAll(fixed.columns());
        offsets.forEach(offset -> columns.addAll(offset.columns()));
        for (final RandomTerm term : random) {
            columns.addAll(term.effects().columns());
            columns.addAll(term.grouping().columns());
        }
        return columns;
    }

    /**
     * @return the variables of fixed and random effects, each once
     */
    public Set<Variable> variables() {
        final Set<Variable> variables = new LinkedHashSet<>();
        fixed.terms().forEach(term -> variables.addAll(term.variables()));
        random.forEach(part -> part.effects().terms().forEach(term -> variables.addAll(term.variables())));
        return variables;
    }

    @Override
    public String toString() {
        final List<String> parts = new ArrayList<>();
        parts.add(fixed.toString());
        offsets.forEach(offset -> parts.add("offset(" + offset + ")"));
        for (int i = 0; i < random.size(); i++) {
            final int last = endOfNesting(i);
            if (last == i) {
                parts.add(random.get(i).toString());
            } else {
                final RandomTerm inner = random.get(last);
                parts.add("(" + inner.lhs() + " " + inner.bar() + " "
                    + inner.grouping().written() + ")");
                i = last;
            }
        }
        return response + " ~ " + String.join(" + ", parts);
    }

    /** The last of the terms from first on that together are one (effects | a/b/c), where a may be crossed columns. */
    private int endOfNesting(final int first) {
        int last = first;
        while (last + 1 < random.size() && random.get(first).grouping().separators().indexOf('/') < 0
            && continues(random.get(last), random.get(last + 1))) {
            last++;
        }
        return last;
    }

    private static boolean continues(final RandomTerm outer, final RandomTerm inner) {
        return inner.effects().equals(outer.effects()) && inner.correlated() == outer.correlated()
            && inner.grouping().isWithin(outer.grouping());
    }
}
