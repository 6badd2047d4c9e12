package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Sets of units that rows link directly or through others; rows of different sets are independent.
 *
 * @param set for each factor the set of each unit
 * @param offset for each factor the place of each unit's first effect among those of its set
 * @param members for each factor the number of units that each set has; its effects come before those of later factors
 * @param sizes number of random effects of each set
 */
public record UnitSets(int[][] set, int[][] offset, int[][] members, int[] sizes) implements Serializable {
    /**
     * @param model a model
     * @return its sets
     */
    public static UnitSets of(final MixedModel model) {
        final BlockedCrossProducts data = model.products();
        if (data == null) {
            final int[] own = new int[model.levels(0)];
            Arrays.setAll(own, j -> j);
            final int[] ones = new int[own.length];
            Arrays.fill(ones, 1);
            final int[] sizes = new int[own.length];
            Arrays.fill(sizes, model.coordinates().effects()[0]);
            return new UnitSets(new int[][] {own}, new int[][] {new int[own.length]}, new int[][] {ones}, sizes);
        }
        final UnitGraph graph = UnitGraph.of(data);
        final List<int[]> sets = ConnectedUnits.of(graph);
        final int[][] set = Arrays.stream(data.levels()).mapToObj(int[]::new).toArray(int[][]::new);
        final int[][] offset = Arrays.stream(data.levels()).mapToObj(int[]::new).toArray(int[][]::new);
        final int[][] members = new int[set.length][sets.size()];
        final int[] sizes = new int[sets.size()];
        for (int s = 0; s < sizes.length; s++) {
            for (final int node : sets.get(s)) {
                final int k = graph.factor(node);
                set[k][node - graph.first()[k]] = s;
                offset[k][node - graph.first()[k]] = sizes[s];
                members[k][s]++;
                sizes[s] += data.effects()[k];
            }
        }
        return new UnitSets(set, offset, members, sizes);
    }
}
