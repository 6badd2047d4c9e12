package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.model.StoredUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The random part of a model over generic rows, as blocks of effects that are independent of one another.
 *
 * @param blocks the blocks
 */
record RandomBlocks(List<Block> blocks) {
    /**
     * Effects of the units of a grouping.
     *
     * @param grouping columns whose combinations are the units
     * @param columns of Z, over all rows, one for each of the q effects
     * @param structure of their covariance; unstructured for one effect
     */
    record Block(Set<String> grouping, double[][] columns, RandomStructure structure) {
        boolean sameColumns(final Block other) {
            return Arrays.deepEquals(columns, other.columns);
        }

        /** Whether any covariance of the other block is one that this block has too. */
        boolean holds(final Block other) {
            if (!grouping.equals(other.grouping)) {
                return false;
            }
            return structure.free() ? new ColumnSpace(columns).contains(other.columns)
                : sameColumns(other) && structure.holds(other.structure);
        }

        /**
         * By how much the rank of D falls where only these blocks of another model are left of this one: the number of
         * variances, in suitable directions, that are 0 then.
         */
        int boundaries(final List<Block> left) {
            if (left.isEmpty()) {
                return structure.variances(columns.length);
            }
            return structure.free() ? columns.length
                - new ColumnSpace(left.stream().flatMap(b -> Arrays.stream(b.columns)).toArray(double[][]::new)).rank()
                : 0;
        }

        /** Whether it is nothing but an intercept. */
        boolean loneIntercept() {
            return columns.length == 1 && Arrays.stream(columns[0]).allMatch(z -> z == 1);
        }
    }

    /**
     * @param design a model over generic rows
     * @param units its grouping factors
     * @return its random part
     */
    static RandomBlocks of(final ModelDesign design, final List<StoredUnits> units) {
        final List<Block> blocks = new ArrayList<>();
        for (final StoredUnits factor : units) {
            for (int t = 0; t < factor.terms().length; t++) {
                add(design.random().get(factor.terms()[t]), factor.structures().get(t), design.rows().frame().rows(),
                    blocks);
            }
        }
        return new RandomBlocks(blocks);
    }

    private static void add(final RandomDesign part, final RandomStructure structure, final int rows,
        final List<Block> blocks) {
        final double[][] z = new double[rows][part.effects()];
        for (int i = 0; i < rows; i++) {
            part.row(i, z[i]);
        }
        final Set<String> grouping = Set.copyOf(part.term().grouping().columns());
        for (int from = 0, to = 0; from < part.effects(); from = to) {
            while (to < part.effects() && part.block(to) == part.block(from)) {
                to++;
            }
            final int first = from;
            for (final LinearStructure.Block block : structure.of(to - from).blocks()) {
                blocks.add(new Block(grouping, IntStream.of(block.effects())
                    .mapToObj(j -> Arrays.stream(z).mapToDouble(row -> row[first
                        + j]).toArray()).toArray(double[][]::new),
                    block.kind()));
            }
        }
    }
}
