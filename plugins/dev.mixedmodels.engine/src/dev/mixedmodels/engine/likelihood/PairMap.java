package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.UnitPairs;

/**
 * Where the blocks of a pair of grouping factors lie in the Cholesky factor and matrices of the same pattern: for each
 * pair of units whether the unit of the first factor is eliminated first, and the place of the block's first entry, in
 * the panels or, if both units are in the core, in the dense matrix. A block has the rows of the later and the columns
 * of the earlier unit.
 *
 * @param first index k of the first factor
 * @param second index l of the second factor
 * @param pairs their units that share rows, with cross-products
 * @param ahead whether the first factor's unit comes before the second's
 * @param core whether both are in the core
 * @param place position of the first entry
 */
record PairMap(int first, int second, UnitPairs pairs, boolean[] ahead, boolean[] core, int[] place) {

    static PairMap of(final int k, final int l, final UnitPairs pairs, final UnitGraph graph,
        final SymbolicFactor symbolic, final int stride) {
        final PairMap map = new PairMap(k, l, pairs, new boolean[pairs.size()], new boolean[pairs.size()],
            new int[pairs.size()]);
        for (int j = 0; j + 1 < pairs.start().length; j++) {
            final int u = symbolic.position[graph.first()[k] + j];
            for (int e = pairs.start()[j]; e < pairs.start()[j + 1]; e++) {
                final int v = symbolic.position[graph.first()[l] + pairs.second()[e]];
                final int early = Math.min(u, v);
                final int late = Math.max(u, v);
                map.ahead[e] = u < v;
                map.core[e] = early >= symbolic.head;
                map.place[e] = map.core[e]
                    ? (symbolic.scalar[late] - symbolic.coreStart()) * stride + symbolic.scalar[early]
                        - symbolic.coreStart()
                    : symbolic.panel[early] + symbolic.rowOf(early, late) * symbolic.size[early];
            }
        }
        return map;
    }
}
