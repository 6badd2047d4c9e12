package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.UnitPairs;
import java.util.Arrays;

/**
 * The order in which units are eliminated. Factors whose units lie within one unit of every other remaining factor come
 * first, innermost first: they make no new links. The units of crossed factors follow by minimum degree; what remains
 * when nearly all of them are linked, and units that share rows with very many others, is the dense core.
 * <p>
 * The mathematics: doc/criterion.md beside the sources.
 *
 * @param nodes all nodes, those of the core last
 * @param head number of nodes before the core
 */
record EliminationOrder(int[] nodes, int head) {
    private static final int SMALL = 16;
    private static final int HUB = 8;

    static EliminationOrder of(final BlockedCrossProducts data, final UnitGraph graph) {
        final int factors = data.levels().length;
        final int[] order = new int[graph.nodes()];
        final boolean[] done = new boolean[factors];
        int at = 0;
        for (int k = innermost(data, done); k >= 0; k = innermost(data, done)) {
            done[k] = true;
            for (int node = graph.first()[k]; node < graph.first()[k + 1]; node++) {
                order[at++] = node;
            }
        }
        final boolean[] excluded = new boolean[graph.nodes()];
        int left = 0;
        for (int k = 0; k < factors; k++) {
            Arrays.fill(excluded, graph.first()[k], graph.first()[k + 1], done[k]);
            left += done[k] ? 0 : data.levels()[k];
        }
        final boolean[] hub = excluded.clone();
        final double limit = Math.max(SMALL, HUB * Math.sqrt(left));
        for (int node = 0; node < hub.length; node++) {
            hub[node] |= graph.start()[node + 1] - graph.start()[node] > limit;
        }
        final int head = left == 0 ? at : new MinimumDegree(graph, hub).eliminate(order, at);
        final boolean[] placed = excluded;
        for (int i = 0; i < head; i++) {
            placed[order[i]] = true;
        }
        at = head;
        for (int node = 0; node < placed.length; node++) {
            if (!placed[node]) {
                order[at++] = node;
            }
        }
        return new EliminationOrder(order, head);
    }

    /** A remaining factor each of whose units lies within one unit of every other remaining factor, or -1. */
    private static int innermost(final BlockedCrossProducts data, final boolean[] done) {
        int best = -1;
        for (int k = 0; k < done.length; k++) {
            boolean inner = !done[k];
            for (int l = 0; inner && l < done.length; l++) {
                inner = l == k || done[l] || nested(data, k, l);
            }
            if (inner && (best < 0 || data.levels()[k] > data.levels()[best])) {
                best = k;
            }
        }
        return best;
    }

    private static boolean nested(final BlockedCrossProducts data, final int inner, final int outer) {
        final UnitPairs pairs = data.pairs()[Math.min(inner, outer)][Math.max(inner, outer)];
        return inner < outer ? pairs.nested() : pairs.nestedReversed(data.levels()[inner]);
    }
}
