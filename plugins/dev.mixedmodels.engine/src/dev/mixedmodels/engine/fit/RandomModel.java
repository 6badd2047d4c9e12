package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The random effects of a subject, possibly none, and the structure of their covariance D. The likelihood sees effects
 * of orthonormal columns over all rows, Z = Z_c T (b_c = T b), so that neither units nor offsets of slope variables
 * cost digits.
 *
 * @param names of the effects
 * @param blocks independent blocks in order; a submodel has smaller or fewer ones over the same columns
 * @param q number of columns of Z_c
 */
public record RandomModel(List<String> names, List<RandomBlock> blocks, int q) {

    /**
     * @param names of the effects
     * @param sizes effects in each part that is independent of the others
     * @param structure of every part
     * @param toCommon T, q x q
     * @return the effects
     */
    public static RandomModel of(final List<String> names, final int[] sizes, final RandomStructure structure,
        final double[][] toCommon) {
        final double[][] effects = Matrices.transpose(toCommon);
        final List<RandomBlock> blocks = new ArrayList<>();
        int first = 0;
        for (final int size : sizes) {
            final double[][] own = Arrays.copyOfRange(effects, first, first + size);
            for (final LinearStructure.Block block : structure.of(size).blocks()) {
                blocks.add(RandomBlock.of(first + block.effects()[0], block.kind(),
                    IntStream.of(block.effects()).mapToObj(i -> own[i]).toArray(double[][]::new)));
            }
            first += size;
        }
        return new RandomModel(names, blocks, toCommon.length);
    }

    /** No random effects, for a likelihood with q columns of Z. */
    public static RandomModel none(final int q) {
        return new RandomModel(List.of(), List.of(), q);
    }

    /** The submodel without some effects of a block, for a likelihood with the same columns. */
    public RandomModel without(final RandomBlock block, final List<Integer> effects) {
        final List<RandomBlock> rest = new ArrayList<>(blocks);
        final int[] kept =
            IntStream.range(0, block.size()).filter(i -> !effects.contains(i)).toArray();
        final int at = rest.indexOf(block);
        if (kept.length == 0) {
            rest.remove(at);
        } else {
            rest.set(at, block.restricted(kept));
        }
        return new RandomModel(names, rest, q);
    }

    /** Number of parameters of D. */
    public int parameters() {
        return blocks.stream().mapToInt(b -> b.structure().parameters()).sum();
    }

    /** The coordinates of F, block by block, each direction of length q * q. */
    public double[][] directions() {
        final List<double[]> directions = new ArrayList<>();
        for (final RandomBlock block : blocks) {
            for (final double[] factor : block.structure().factorBasis()) {
                final double[] direction = new double[q() * q()];
                block.place(factor, q(), direction);
                directions.add(direction);
            }
        }
        return directions.toArray(new double[0][]);
    }

    /**
     * Whether D is singular if a coordinate of F is 0: a diagonal entry of a triangle, or any of a structured block.
     */
    public boolean opensD(final int coordinate) {
        int first = 0;
        for (final RandomBlock block : blocks) {
            final int k = coordinate - first;
            if (k < block.structure().parameters()) {
                return !block.free() || block.structure().isVariance(k);
            }
            first += block.structure().parameters();
        }
        throw new IndexOutOfBoundsException(coordinate);
    }

    /** Derivatives of the elements of D (common coordinates, rows of the lower triangle) by the parameters. */
    public double[][] elementDerivatives() {
        final int q = q();
        final double[][] first = new double[q * (q + 1) / 2][parameters()];
        int k = 0;
        for (final RandomBlock block : blocks) {
            for (final double[] basis : block.structure().basis()) {
                final double[][] e = Matrices.sandwich(block.toCommon(), Matrices.square(basis, block.size()));
                int element = 0;
                for (int a = 0; a < q; a++) {
                    for (int b = 0; b <= a; b++) {
                        first[element++][k] = e[a][b];
                    }
                }
                k++;
            }
        }
        return first;
    }

    /** A factor of D as the user has it, linear in the factor in common coordinates. */
    public double[][] userFactor(final double[] factor) {
        final double[][] user = new double[q][q];
        for (final RandomBlock block : blocks) {
            final int n = block.size();
            final double[][] own =
                Matrices.multiply(block.toUser(), Matrices.square(block.own(factor, q), n));
            for (int i = 0; i < n; i++) {
                System.arraycopy(own[i], 0, user[block.first() + i], block.first(), n);
            }
        }
        return user;
    }

    /** D as the user has it, from a factor in common coordinates; entries between blocks are 0. */
    public double[][] userCovariance(final double[] factor) {
        final double[][] f = userFactor(factor);
        return inStructure(Matrices.multiply(f, Matrices.transpose(f)));
    }

    /** The matrix of the structure that is nearest to a symmetric one. */
    private double[][] inStructure(final double[][] matrix) {
        final double[][] d = new double[q][q];
        for (final RandomBlock block : blocks) {
            final int n = block.size();
            final double[] own = block.part(matrix);
            final LinearStructure structure = block.structure();
            structure.at(structure.near(own)).value(own);
            for (int i = 0; i < n * n; i++) {
                d[block.first() + i / n][block.first() + i % n] = own[i];
            }
        }
        return d;
    }

    /**
     * Derivatives of the parameters as the user has them when the factor in common coordinates moves along a
     * direction.
     */
    public double[] userSlopes(final double[] factor, final double[] direction) {
        final double[][] half = Matrices.multiply(userFactor(direction), Matrices.transpose(userFactor(factor)));
        final double[][] slope = new double[q][q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                slope[i][j] = half[i][j] + half[j][i];
            }
        }
        return parametersOf(inStructure(slope));
    }

    /** The parameters of D as the user has them. */
    public double[] userParameters(final double[] factor) {
        return parametersOf(userCovariance(factor));
    }

    private double[] parametersOf(final double[][] d) {
        final double[] theta = new double[parameters()];
        int k = 0;
        for (final RandomBlock block : blocks) {
            for (final int[] entry : block.structure().entries()) {
                theta[k++] = d[block.first() + entry[0]][block.first() + entry[1]];
            }
        }
        return theta;
    }

    /** Var(effect) or Cov(earlier, later) for each parameter; of shared ones that of the first entry. */
    public List<String> parameterNames() {
        final List<String> texts = new ArrayList<>();
        for (final RandomBlock block : blocks) {
            for (final int[] entry : block.structure().entries()) {
                final String row = names.get(block.first() + entry[0]);
                texts.add(entry[0] == entry[1] ? "Var(" + row + ")"
                    : "Cov(" + names.get(block.first() + entry[1]) + ", " + row + ")");
            }
        }
        return texts;
    }

    /** Coordinates of F along {@link #directions} for a factor with the same D. */
    public double[] coordinatesOf(final double[] factor) {
        return blocks.stream().flatMapToDouble(b -> Arrays.stream(b.coordinates(factor, q()))).toArray();
    }

    /** A factor to start from: each column of Z contributes about as much variance as the residual. */
    public double[] startFactor() {
        final double[] factor = new double[q() * q()];
        for (final RandomBlock block : blocks) {
            final int n = block.size();
            final double[] scales = block.startScales();
            final double[] g = new double[n * n];
            for (int j = 0; j < n; j++) {
                g[j * n + j] = scales[j];
            }
            block.place(g, q(), factor);
        }
        return factor;
    }
}
