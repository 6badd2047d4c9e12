package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.MixedDesign;
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

    static LevelTree of(final FittedModel fitted) {
        return of(fitted.mixed());
    }

    static LevelTree of(final MixedDesign mixed) {
        final List<RandomGroup> groups = mixed.groups();
        final Rows rows = mixed.design().rows().fitted();
        final boolean[][] inside = new boolean[groups.size()][groups.size()];
        for (int k = 0; k < inside.length; k++) {
            for (int l = 0; l < inside.length; l++) {
                inside[k][l] = k == l || groups.get(k).factor().nestedIn(groups.get(l).factor(), rows);
            }
        }
        return new LevelTree(inside);
    }

    /**
     * @return index of the factor within whose units those of all others lie
     * @throws ModelException if there is none
     */
    static int outermost(final MixedDesign mixed) {
        final LevelTree tree = of(mixed);
        for (int k = 0; k < tree.inside.length; k++) {
            final int outer = k;
            if (Arrays.stream(tree.inside).allMatch(within -> within[outer])) {
                return k;
            }
        }
        throw new ModelException("The levels " + Words.quoted(mixed.groups().stream().map(RandomGroup::name).toList())
            + " do not lie within one of them, so that no units are independent of one another. Sandwich standard errors "
            + "and the influence of units need such units: choose the standard errors of the model and no influence, or "
            + "add an outermost level.");
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
            .sorted((k, l) -> Integer.compare(shared(l).length, shared(k).length)).mapToInt(Integer::intValue).toArray();
    }
}
