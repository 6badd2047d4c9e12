package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.covariance.LinearStructure.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Covariance structures made from others. */
public final class StructureAlgebra {
    private StructureAlgebra() {
    }

    /**
     * Independent groups of effects of the same units, as the terms (1 | g) + (0 + x | g) have them.
     *
     * @param parts the structures, the effects of the first one first
     * @return the block diagonal structure
     */
    public static LinearStructure directSum(final List<LinearStructure> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        final int q = parts.stream().mapToInt(LinearStructure::dimension).sum();
        final int count = parts.stream().mapToInt(LinearStructure::parameters).sum();
        final double[][] basis = new double[count][];
        final double[][] factors = new double[count][];
        final int[][] entries = new int[count][];
        final List<Block> blocks = new ArrayList<>();
        int offset = 0;
        int k = 0;
        for (final LinearStructure part : parts) {
            final int shift = offset;
            part.blocks().forEach(block -> blocks.add(new Block(block.kind(),
                IntStream.of(block.effects()).map(i -> i + shift).toArray())));
            for (int a = 0; a < part.parameters(); a++, k++) {
                basis[k] = embed(part.basis()[a], part.dimension(), q, offset);
                factors[k] = embed(part.factorBasis()[a], part.dimension(), q, offset);
                entries[k] = new int[] {part.entries()[a][0] + offset, part.entries()[a][1] + offset};
            }
            offset += part.dimension();
        }
        return new LinearStructure(q, basis, factors, entries, blocks);
    }

    private static double[] embed(final double[] small, final int size, final int q, final int offset) {
        final double[] large = new double[q * q];
        for (int i = 0; i < size; i++) {
            System.arraycopy(small, i * size, large, (offset + i) * q + offset, size);
        }
        return large;
    }

    /**
     * Leaves out some effects: their variances and covariances are 0. Structures whose variances are one parameter have
     * no such submodel and must be left out as a whole.
     *
     * @param structure a structure of q effects
     * @param effects the effects to leave out
     * @return the submodel, still q x q
     */
    public static LinearStructure without(final LinearStructure structure, final int... effects) {
        final int q = structure.dimension();
        final int[] kept = IntStream.range(0, structure.parameters()).filter(a -> {
            for (final int effect : effects) {
                for (int i = 0; i < q; i++) {
                    if (structure.basis()[a][i * q + effect] != 0 || structure.factorBasis()[a][i * q + effect] != 0
                        || structure.factorBasis()[a][effect * q + i] != 0) {
                        return false;
                    }
                }
            }
            return true;
        }).toArray();
        return new LinearStructure(q, IntStream.of(kept).mapToObj(a -> structure.basis()[a]).toArray(double[][]::new),
            IntStream.of(kept).mapToObj(a -> structure.factorBasis()[a]).toArray(double[][]::new),
            IntStream.of(kept).mapToObj(a -> structure.entries()[a]).toArray(int[][]::new),
            structure.blocks().stream().map(block -> without(block, effects)).filter(b -> b.effects().length > 0)
            .toList());
    }

    private static Block without(final Block block, final int... effects) {
        final int[] rest = IntStream.of(block.effects())
            .filter(i -> IntStream.of(effects).noneMatch(effect -> effect == i)).toArray();
        return new Block(block.kind(), block.free() || rest.length == block.effects().length ? rest : new int[0]);
    }
}
