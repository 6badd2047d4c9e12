package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import java.util.Arrays;

/**
 * Where the entries of the Cholesky factor of M = Lambda'Z'Z Lambda + I are. Units stand in elimination order; each
 * unit before the core has a diagonal block and a panel with the rows of the later units that it is linked to, directly
 * or by fill-in. The units of the core share one dense matrix.
 */
final class SymbolicFactor {
    private static final int MOST_TARGETS = 20_000_000;

    /** Number of units, and of those before the core. */
    final int units;
    final int head;
    /** Node of each position and position of each node. */
    final int[] node;
    final int[] position;
    /** Number of effects of each position, and the first scalar row of each position. */
    final int[] size;
    final int[] scalar;
    /** Linked later positions of each head unit: linked[linkStart[u]] .. rising. */
    final int[] linkStart;
    final int[] linked;
    /** Panel row at which each link's block begins. */
    final int[] linkRow;
    /** Number of panel rows of each head unit. */
    final int[] rows;
    /**
     * For each two links a &lt; b of a unit, a before the core, the place of their block in the panel of a: from
     * targetStart[unit] on, row by row; null if there are too many to keep.
     */
    final int[] targets;
    final int[] targetStart;
    /** Positions of panels and diagonal blocks in their arrays. */
    final int[] panel;
    final int[] diagonal;

    SymbolicFactor(final BlockedCrossProducts data, final UnitGraph graph, final EliminationOrder order) {
        node = order.nodes();
        head = order.head();
        units = node.length;
        position = new int[units];
        for (int u = 0; u < units; u++) {
            position[node[u]] = u;
        }
        size = new int[units];
        scalar = new int[units + 1];
        diagonal = new int[units + 1];
        for (int u = 0; u < units; u++) {
            size[u] = data.effects()[graph.factor(node[u])];
            scalar[u + 1] = scalar[u] + size[u];
            diagonal[u + 1] = diagonal[u] + size[u] * size[u];
        }
        linkStart = new int[head + 1];
        linked = links(graph);
        linkRow = new int[linked.length];
        rows = new int[head];
        panel = new int[head + 1];
        for (int u = 0; u < head; u++) {
            for (int e = linkStart[u]; e < linkStart[u + 1]; e++) {
                linkRow[e] = rows[u];
                rows[u] += size[linked[e]];
            }
            panel[u + 1] = Math.addExact(panel[u], Math.multiplyExact(rows[u], size[u]));
        }
        targetStart = new int[head + 1];
        targets = targets();
    }

    private int[] targets() {
        long count = 0;
        for (int u = 0; u < head; u++) {
            for (int a = linkStart[u]; a < linkStart[u + 1] && linked[a] < head; a++) {
                count += linkStart[u + 1] - a - 1;
            }
            if (count > MOST_TARGETS) {
                return null;
            }
            targetStart[u + 1] = (int) count;
        }
        final int[] places = new int[(int) count];
        int at = 0;
        for (int u = 0; u < head; u++) {
            for (int a = linkStart[u]; a < linkStart[u + 1] && linked[a] < head; a++) {
                for (int b = a + 1; b < linkStart[u + 1]; b++) {
                    places[at++] = place(linked[a], linked[b]);
                }
            }
        }
        return places;
    }

    /** Place of the block of two linked positions in the panel of the earlier one. */
    int place(final int early, final int late) {
        return panel[early] + rowOf(early, late) * size[early];
    }

    /** Fills linkStart: links of a unit are its later neighbours and the links of the units whose first link it is. */
    private int[] links(final UnitGraph graph) {
        int[] all = new int[Math.max(16, graph.neighbours().length)];
        final int[] firstChild = new int[units];
        final int[] nextSibling = new int[units];
        final int[] seen = new int[units];
        Arrays.fill(firstChild, -1);
        Arrays.fill(seen, -1);
        int count = 0;
        for (int u = 0; u < head; u++) {
            linkStart[u] = count;
            seen[u] = u;
            for (int c = graph.start()[node[u]]; c < graph.start()[node[u] + 1]; c++) {
                final int v = position[graph.neighbours()[c]];
                if (v > u && seen[v] != u) {
                    seen[v] = u;
                    all = append(all, count++, v);
                }
            }
            for (int child = firstChild[u]; child >= 0; child = nextSibling[child]) {
                for (int e = linkStart[child]; e < linkStart[child + 1]; e++) {
                    final int v = all[e];
                    if (seen[v] != u) {
                        seen[v] = u;
                        all = append(all, count++, v);
                    }
                }
            }
            linkStart[u + 1] = count;
            Arrays.sort(all, linkStart[u], count);
            if (count > linkStart[u] && all[linkStart[u]] < head) {
                final int parent = all[linkStart[u]];
                nextSibling[u] = firstChild[parent];
                firstChild[parent] = u;
            }
        }
        return Arrays.copyOf(all, count);
    }

    private static int[] append(final int[] list, final int count, final int value) {
        final int[] grown = count == list.length ? Arrays.copyOf(list, Math.addExact(count, count)) : list;
        grown[count] = value;
        return grown;
    }

    /** Number of scalar rows of all units and of those before the core. */
    int order() {
        return scalar[units];
    }

    int coreStart() {
        return scalar[head];
    }

    /** Whether a unit before the core is linked with units of the core only. */
    boolean onlyCore(final int unit) {
        return linkStart[unit] == linkStart[unit + 1] || linked[linkStart[unit]] >= head;
    }

    /** The first later unit that a unit is linked with. */
    int parent(final int unit) {
        return linked[linkStart[unit]];
    }

    int coreSize() {
        return scalar[units] - scalar[head];
    }

    /** Panel row at which the block of a later position begins in a head unit's panel. */
    int rowOf(final int unit, final int later) {
        return linkRow[Arrays.binarySearch(linked, linkStart[unit], linkStart[unit + 1], later)];
    }
}
