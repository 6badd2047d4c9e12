package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Factor;
import java.util.ArrayList;
import java.util.List;

/**
 * Containment degrees of freedom, those of SAS PROC MIXED where it has random effects: a term of the mean has the
 * smallest rank that a random effect which contains it adds to [X Z], in their order; without such an effect N -
 * rank[X Z]. A random effect, such as the slope of time in {@code (1 + time | id)}, contains a term all whose variables
 * are variables of the effect or nominal and constant within its units. (SAS goes by what is written: subject=id(arm)
 * for an arm that is constant within subjects. The columns of units cannot be fixed effects here, so that the rows tell
 * it.) All contain the intercept.
 * <p>
 * Source: SAS/STAT User's Guide, The MIXED Procedure, MODEL statement, DDFM=CONTAIN.
 * <p>
 * The mathematics: doc/containment.md beside the sources.
 */
public final class Containment {
    private final ModelDesign design;
    private final List<Effect> effects = new ArrayList<>();

    /** Random effects of one term and grouping. */
    private record Effect(List<Variable> variables, Factor units) {
    }

    private Containment(final ModelDesign design) {
        this.design = design;
        for (final RandomDesign random : design.random()) {
            for (int c = 0; c < random.effects(); c++) {
                if (c == 0 || !random.variables(c).equals(random.variables(c - 1))) {
                    effects.add(new Effect(random.variables(c), random.factor()));
                }
            }
        }
    }

    /**
     * @param design of a model with random effects, with its rows
     * @param progress to learn of cancellation
     * @return degrees of freedom of the intercept and of each term of the mean; NaN where they are 0
     * @throws dev.mixedmodels.engine.common.ModelException if too many random effects are linked to one another
     */
    public static double[] degreesOfFreedom(final ModelDesign design, final Progress progress) {
        final Containment containment = new Containment(design);
        final int[] ranks = RankContributions.of(design, containment.effects.size(), progress);
        final List<Term> terms = design.formula().fixed().terms();
        final double[] df = new double[terms.size() + 1];
        df[0] = containment.smallest(List.of(), ranks);
        for (int t = 0; t < terms.size(); t++) {
            df[t + 1] = containment.smallest(terms.get(t).variables(), ranks);
        }
        return df;
    }

    private double smallest(final List<Variable> term, final int[] ranks) {
        int least = Integer.MAX_VALUE;
        for (int e = 0; e < effects.size(); e++) {
            if (contains(effects.get(e), term)) {
                least = Math.min(least, ranks[e]);
            }
        }
        final int df = least < Integer.MAX_VALUE ? least : ranks[effects.size()];
        return df > 0 ? df : Double.NaN;
    }

    private boolean contains(final Effect effect, final List<Variable> term) {
        return term.stream().allMatch(variable -> effect.variables.contains(variable)
            || design.table().isFactor(variable)
            && effect.units.nestedIn(design.factor(variable.column()), design.rows().fitted()));
    }
}
