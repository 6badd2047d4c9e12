package dev.mixedmodels.engine.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sets of units that are linked directly or through others; rows of different sets are independent. */
final class ConnectedUnits {
    private ConnectedUnits() {
    }

    /** The nodes of each set in rising order, the set with the first node first. */
    static List<int[]> of(final UnitGraph graph) {
        final List<int[]> sets = new ArrayList<>();
        final boolean[] seen = new boolean[graph.nodes()];
        int[] queue = new int[graph.nodes()];
        for (int root = 0; root < seen.length; root++) {
            if (!seen[root]) {
                int end = 0;
                queue[end++] = root;
                seen[root] = true;
                for (int at = 0; at < end; at++) {
                    for (int c = graph.start()[queue[at]]; c < graph.start()[queue[at] + 1]; c++) {
                        final int other = graph.neighbours()[c];
                        if (!seen[other]) {
                            seen[other] = true;
                            queue[end++] = other;
                        }
                    }
                }
                final int[] set = Arrays.copyOf(queue, end);
                Arrays.sort(set);
                sets.add(set);
            }
        }
        return sets;
    }
}
