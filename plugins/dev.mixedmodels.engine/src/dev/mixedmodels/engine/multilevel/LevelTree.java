package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedModel;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the grouping factors lie in one another.
 *
 * @param inside inside[k][l]: every unit of factor k lies within one unit of factor l
 */
record LevelTree(boolean[][] inside) {

    static LevelTree of(final MixedModel model) {
        final boolean[][] inside = new boolean[model.factors()][model.factors()];
        for (int k = 0; k < inside.length; k++) {
            for (int l = 0; l < inside.length; l++) {
                inside[k][l] = model.nested(k, l);
            }
        }
        return new LevelTree(inside);
    }

    /**
     * @param mixed the design of a model
     * @param model the model
     * @return index of the factor within whose units those of all others lie
     * @throws ModelException if there is none
     */
    static int outermost(final MixedDesign mixed, final MixedModel model) {
        final int outermost = model.outermost();
        for (int k = 0; k < model.factors(); k++) {
            if (!model.nested(k, outermost)) {
                throw new ModelException("The levels " + Words.quoted(mixed.groups().stream().map(RandomGroup::name)
                    .toList())
                    + " do not lie within one of them, so that no units are independent of one another. Sandwich "
                    + "standard errors and the influence of units need such units: choose the standard errors of the "
                    + "model and no influence, or add an outermost level.");
            }
        }
        return outermost;
    }

    /** The factor itself and those that its units lie within: what two rows of a unit have in common. */
    int[] shared(final int k) {
        return IntStream.range(0, inside.length).filter(l -> inside[k][l]).toArray();
    }

    /** Whether each factor lies within, or holds, each other one. */
    boolean nested() {
        for (int k = 0; k < inside.length; k++) {
            for (int l = 0; l < k; l++) {
                if (!inside[k][l] && !inside[l][k]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A nested model's factors from the innermost to the outermost. */
    int[] innermostFirst() {
        return IntStream.range(0, inside.length).boxed()
            .sorted((k, l) -> Integer.compare(shared(l).length, shared(k).length)).mapToInt(Integer::intValue)
            .toArray();
    }
}
