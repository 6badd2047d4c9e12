package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.UnitPairs;
import java.util.function.IntConsumer;

/**
 * The units of all grouping factors as nodes of a graph; units that share rows are neighbours. Unit j of factor k is
 * node first[k] + j.
 *
 * @param first first node of each factor, and the number of nodes at the end
 * @param start positions in {@code neighbours}, nodes + 1 entries
 * @param neighbours neighbours of one node after another
 */
record UnitGraph(int[] first, int[] start, int[] neighbours) {

    static UnitGraph of(final BlockedCrossProducts data) {
        final int factors = data.levels().length;
        final int[] first = new int[factors + 1];
        for (int k = 0; k < factors; k++) {
            first[k + 1] = Math.addExact(first[k], data.levels()[k]);
        }
        final int[] start = new int[first[factors] + 1];
        forEachPair(data, first, (a, b) -> {
            start[a + 1]++;
            start[b + 1]++;
        });
        for (int i = 0; i < first[factors]; i++) {
            start[i + 1] = Math.addExact(start[i + 1], start[i]);
        }
        final int[] next = start.clone();
        final int[] neighbours = new int[start[first[factors]]];
        forEachPair(data, first, (a, b) -> {
            neighbours[next[a]++] = b;
            neighbours[next[b]++] = a;
        });
        return new UnitGraph(first, start, neighbours);
    }

    private interface Edge {
        void accept(int a, int b);
    }

    private static void forEachPair(final BlockedCrossProducts data, final int[] first, final Edge edge) {
        for (int k = 0; k < data.levels().length; k++) {
            for (int l = k + 1; l < data.levels().length; l++) {
                final UnitPairs pairs = data.pairs()[k][l];
                for (int j = 0; j < data.levels()[k]; j++) {
                    for (int e = pairs.start()[j]; e < pairs.start()[j + 1]; e++) {
                        edge.accept(first[k] + j, first[l] + pairs.second()[e]);
                    }
                }
            }
        }
    }

    int nodes() {
        return start.length - 1;
    }

    void forEachNeighbour(final int node, final IntConsumer receiver) {
        for (int e = start[node]; e < start[node + 1]; e++) {
            receiver.accept(neighbours[e]);
        }
    }

    /** The factor of a node. */
    int factor(final int node) {
        int k = 0;
        while (node >= first[k + 1]) {
            k++;
        }
        return k;
    }
}
