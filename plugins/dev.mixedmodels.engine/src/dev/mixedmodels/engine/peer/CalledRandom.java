package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.formula.TermList;
import java.util.ArrayList;
import java.util.List;

/**
 * A random term.
 *
 * @param term effects and grouping; a term with a single column is written with one bar
 * @param structure covariance of its effects, of those of each term where it is written with two bars; UNSTRUCTURED
 *            where the bars say all
 */
public record CalledRandom(RandomTerm term, RandomStructure structure) {

    /**
     * @param design of a random term
     * @param structure covariance of its effects
     * @return the term in the shortest way to write it
     */
    public static CalledRandom of(final RandomDesign design, final RandomStructure structure) {
        final RandomTerm term = design.term();
        final TermList effects = term.effects();
        final int parts = effects.terms().size() + (effects.intercept() ? 1 : 0);
        final boolean single = design.effects() == parts; // a column a term
        final boolean alone = structure == RandomStructure.DIAGONAL || !term.correlated() || parts == 1;
        return single && alone
            ? new CalledRandom(new RandomTerm(effects, term.grouping(), parts == 1), RandomStructure.UNSTRUCTURED)
            : new CalledRandom(term, structure);
    }

    /** What is correlated: all effects, or those of each term. */
    List<TermList> blocks() {
        final TermList effects = term.effects();
        if (term.correlated()) {
            return List.of(effects);
        }
        final List<TermList> blocks = new ArrayList<>();
        if (effects.intercept()) {
            blocks.add(new TermList(true, List.of()));
        }
        effects.terms().forEach(slope -> blocks.add(new TermList(false, List.of(slope))));
        return blocks;
    }
}
