package dev.mixedmodels.engine.likelihood;

import java.util.Arrays;

/**
 * An elimination order of few new links: always the node with the fewest (approximate) neighbours next. Elimination
 * turns the neighbours of a node into a clique, which is kept as one element, not as links.
 * <p>
 * Source: Amestoy, Davis &amp; Duff (1996) SIAM J. Matrix Anal. Appl. 17:886-905, without supervariables.
 */
final class MinimumDegree {
    /** Once every node is linked to this part of the others, the rest counts as dense. */
    private static final double DENSE = 0.3;

    private final int n;
    private final int[][] links;
    private final int[] linkCount;
    private final int[][] elements;
    private final int[] elementCount;
    private final int[][] members;
    private final boolean[] gone;
    private final int[] degree;
    private final int[] head;
    private final int[] next;
    private final int[] previous;
    private final int[] mark;
    private final int[] outside;
    private final int[] outsideMark;
    private int stamp;
    private int active;

    /**
     * @param graph the units
     * @param excluded nodes that take no part
     */
    MinimumDegree(final UnitGraph graph, final boolean[] excluded) {
        n = graph.nodes();
        links = new int[n][];
        linkCount = new int[n];
        elements = new int[n][];
        elementCount = new int[n];
        members = new int[n][];
        gone = excluded.clone();
        degree = new int[n];
        head = new int[n + 1];
        next = new int[n];
        previous = new int[n];
        mark = new int[n];
        outside = new int[n];
        outsideMark = new int[n];
        Arrays.fill(head, -1);
        for (int i = n - 1; i >= 0; i--) {
            if (!gone[i]) {
                active++;
                int count = 0;
                final int[] list = Arrays.copyOfRange(graph.neighbours(), graph.start()[i], graph.start()[i + 1]);
                for (final int j : list) {
                    if (!gone[j]) {
                        list[count++] = j;
                    }
                }
                links[i] = list;
                linkCount[i] = count;
                elements[i] = new int[4];
                degree[i] = count;
                insert(i);
            }
        }
    }

    /**
     * Eliminates nodes until the rest is dense.
     *
     * @param order receives the nodes in their order
     * @param from position of the first
     * @return position after the last; the nodes of the dense rest are not in the order
     */
    int eliminate(final int[] order, final int from) {
        int at = from;
        int least = 0;
        while (active > 0) {
            while (head[least] < 0) {
                least++;
            }
            if (active > 1 && least >= DENSE * (active - 1)) {
                break;
            }
            final int pivot = head[least];
            order[at++] = pivot;
            least = Math.max(0, Math.min(least, eliminate(pivot)));
        }
        return at;
    }

    /** Makes an element of the pivot; returns the least new degree. */
    private int eliminate(final int pivot) {
        remove(pivot);
        gone[pivot] = true;
        active--;
        final int[] clique = clique(pivot);
        members[pivot] = clique;
        links[pivot] = null;
        // |L_e \ L_pivot| for the elements e around
        for (final int i : clique) {
            for (int c = 0; c < elementCount[i]; c++) {
                final int e = elements[i][c];
                if (members[e] != null) {
                    if (outsideMark[e] != stamp) {
                        outsideMark[e] = stamp;
                        outside[e] = members[e].length;
                    }
                    outside[e]--;
                }
            }
        }
        int least = n;
        for (final int i : clique) {
            remove(i);
            degree[i] = Math.min(Math.min(active - 1, degree[i] + clique.length - 1), newDegree(i, pivot, clique));
            least = Math.min(least, degree[i]);
            insert(i);
        }
        return least;
    }

    /** The nodes linked to the pivot directly or by an element; its elements are absorbed. */
    private int[] clique(final int pivot) {
        stamp++;
        mark[pivot] = stamp;
        int[] clique = new int[16];
        int count = 0;
        for (int source = -1; source < elementCount[pivot]; source++) {
            final int[] list = source < 0 ? links[pivot] : members[elements[pivot][source]];
            final int size = source < 0 ? linkCount[pivot] : list == null ? 0 : list.length;
            for (int c = 0; c < size; c++) {
                final int i = list[c];
                if (!gone[i] && mark[i] != stamp) {
                    mark[i] = stamp;
                    if (count == clique.length) {
                        clique = Arrays.copyOf(clique, 2 * count);
                    }
                    clique[count++] = i;
                }
            }
            if (source >= 0) {
                members[elements[pivot][source]] = null;
            }
        }
        return Arrays.copyOf(clique, count);
    }

    /** Prunes the lists of a node of the new clique and bounds its degree. */
    private int newDegree(final int i, final int pivot, final int[] clique) {
        int bound = clique.length - 1;
        int kept = 0;
        for (int c = 0; c < elementCount[i]; c++) {
            final int e = elements[i][c];
            if (members[e] != null) {
                if (outside[e] == 0) {
                    members[e] = null; // covered by the new element
                } else {
                    bound += outside[e];
                    elements[i][kept++] = e;
                }
            }
        }
        if (kept == elements[i].length) {
            elements[i] = Arrays.copyOf(elements[i], 2 * kept);
        }
        elements[i][kept++] = pivot;
        elementCount[i] = kept;
        int direct = 0;
        for (int c = 0; c < linkCount[i]; c++) {
            final int j = links[i][c];
            if (!gone[j] && mark[j] != stamp) {
                links[i][direct++] = j;
            }
        }
        linkCount[i] = direct;
        return bound + direct;
    }

    private void insert(final int i) {
        final int d = degree[i];
        next[i] = head[d];
        previous[i] = -1;
        if (head[d] >= 0) {
            previous[head[d]] = i;
        }
        head[d] = i;
    }

    private void remove(final int i) {
        if (previous[i] >= 0) {
            next[previous[i]] = next[i];
        } else {
            head[degree[i]] = next[i];
        }
        if (next[i] >= 0) {
            previous[next[i]] = previous[i];
        }
    }
}
