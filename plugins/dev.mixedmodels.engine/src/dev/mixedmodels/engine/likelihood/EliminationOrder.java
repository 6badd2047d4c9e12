package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.UnitPairs;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The order in which units are eliminated. Factors whose units lie within one unit of every other remaining factor come
 * first, innermost first: they make no new links. Of crossed factors the one with most units follows, if it links the
 * units of the others anyway, which then are the dense core. Otherwise units follow by minimum degree; what remains when
 * nearly all of them are linked, and units that share rows with very many others, is the core.
 * <p>
 * The mathematics: doc/criterion.md beside the sources.
 *
 * @param nodes all nodes, those of the core last
 * @param head number of nodes before the core
 */
record EliminationOrder(int[] nodes, int head) {
    private static final int SMALL = 16;
    private static final int HUB = 8;
    /** Units that are asked how many others they are linked with. */
    private static final int ASKED = 32;
    /** Part of the others with which units are linked that soon are linked with nearly all, as elimination goes on. */
    private static final double LINKED = 0.15;

    static EliminationOrder of(final BlockedCrossProducts data, final UnitGraph graph) {
        final int factors = data.levels().length;
        final int[] order = new int[graph.nodes()];
        final boolean[] done = new boolean[factors];
        int at = 0;
        for (int k = innermost(data, done); k >= 0; k = innermost(data, done)) {
            done[k] = true;
            at = append(graph, k, order, at);
        }
        final int most = most(data, done);
        if (most >= 0 && linksTheRest(graph, most, done)) {
            final int core = append(graph, most, order, at);
            done[most] = true;
            at = core;
            for (int k = 0; k < factors; k++) {
                at = done[k] ? at : append(graph, k, order, at);
            }
            return new EliminationOrder(order, core);
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

    private static int append(final UnitGraph graph, final int k, final int[] order, final int from) {
        int at = from;
        for (int node = graph.first()[k]; node < graph.first()[k + 1]; node++) {
            order[at++] = node;
        }
        return at;
    }

    /** The remaining factor with most units, or -1. */
    private static int most(final BlockedCrossProducts data, final boolean[] done) {
        return IntStream.range(0, done.length).filter(k -> !done[k])
            .reduce((best, k) -> data.levels()[k] > data.levels()[best] ? k : best).orElse(-1);
    }

    /**
     * Whether units of the other factors that remain are linked with so large a part of one another, on average, once those
     * of factor k are eliminated: some units, spread evenly, are asked.
     */
    private static boolean linksTheRest(final UnitGraph graph, final int k, final boolean[] done) {
        final int[] rest = IntStream.range(0, graph.nodes())
            .filter(node -> graph.factor(node) != k && !done[graph.factor(node)]).toArray();
        final boolean[] inRest = new boolean[graph.nodes()];
        Arrays.stream(rest).forEach(node -> inRest[node] = true);
        final int asked = Math.min(ASKED, rest.length);
        long links = 0;
        for (int i = 0; i < asked; i++) {
            final int node = rest[(int) ((long) i * rest.length / asked)];
            final BitSet reached = new BitSet();
            graph.forEachNeighbour(node, near -> {
                if (inRest[near]) {
                    reached.set(near);
                } else if (graph.factor(near) == k) {
                    graph.forEachNeighbour(near, far -> reached.set(far, inRest[far] || reached.get(far)));
                }
            });
            reached.clear(node);
            links += reached.cardinality();
        }
        return links >= LINKED * asked * (rest.length - 1);
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
