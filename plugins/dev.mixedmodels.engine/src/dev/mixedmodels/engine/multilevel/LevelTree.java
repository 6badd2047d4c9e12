package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the grouping factors lie in one another.
 *
 * @param inside inside[k][l]: every unit of factor k lies within one unit of factor l
 */
record LevelTree(boolean[][] inside) {

    static LevelTree of(final FittedModel fitted) {
        final List<RandomGroup> groups = fitted.mixed().groups();
        final Rows rows = fitted.mixed().design().rows().fitted();
        final boolean[][] inside = new boolean[groups.size()][groups.size()];
        for (int k = 0; k < inside.length; k++) {
            for (int l = 0; l < inside.length; l++) {
                inside[k][l] = k == l || groups.get(k).factor().nestedIn(groups.get(l).factor(), rows);
            }
        }
        return new LevelTree(inside);
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
