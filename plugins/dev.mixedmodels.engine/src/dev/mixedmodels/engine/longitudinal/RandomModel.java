package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The random effects of a subject, possibly none, and the structure of their covariance D. The likelihood sees effects of orthonormal
 * columns Z_c = Z M over all rows (b = M b_c), so that neither units nor offsets of slope variables cost digits.
 *
 * @param names of the effects
 * @param blocks independent blocks in order; a submodel has smaller or fewer ones over the same columns
 * @param toUser M, q x q
 */
record RandomModel(List<String> names, List<RandomBlock> blocks, double[][] toUser) {

    /**
     * @param names of the effects
     * @param sizes effects in each block
     * @param structure of every block
     * @param toUser M of all effects, upper triangular
     * @param blockToUser the same of each block's effects alone
     */
    static RandomModel of(final List<String> names, final int[] sizes, final RandomStructure structure,
        final double[][] toUser, final List<double[][]> blockToUser) {
        final double[][] toCommon = RandomBlock.inverse(toUser);
        final List<RandomBlock> blocks = new ArrayList<>();
        int first = 0;
        for (int b = 0; b < sizes.length; b++) {
            final int n = sizes[b];
            final RandomStructure kind = n == 1 ? RandomStructure.UNSTRUCTURED : structure;
            final boolean free = kind == RandomStructure.UNSTRUCTURED;
            final double[][] own = free ? blockToUser.get(b) : identity(n);
            final double[][] common = new double[toUser.length][n];
            for (int i = 0; i < common.length; i++) {
                for (int j = 0; j < n; j++) {
                    for (int k = 0; k < n; k++) {
                        common[i][j] += toCommon[i][first + k] * own[k][j];
                    }
                }
            }
            blocks.add(new RandomBlock(first, kind, kind.of(n), own,
                free && sizes.length == 1 ? identity(n) : common));
            first += n;
        }
        return new RandomModel(names, blocks, toUser);
    }

    /** No random effects, for a likelihood with q columns of Z. */
    static RandomModel none(final int q) {
        return new RandomModel(List.of(), List.of(), identity(q));
    }

    /** The submodel without some effects of a block, for a likelihood with the same columns. */
    RandomModel without(final RandomBlock block, final List<Integer> effects) {
        final List<RandomBlock> rest = new ArrayList<>(blocks);
        final int[] kept =
            IntStream.range(0, block.size()).filter(i -> !effects.contains(i)).toArray();
        final int at = rest.indexOf(block);
        if (kept.length == 0) {
            rest.remove(at);
        } else {
            rest.set(at, block.restricted(kept));
        }
        return new RandomModel(names, rest, toUser);
    }

    private static double[][] identity(final int n) {
        final double[][] unit = new double[n][n];
        for (int i = 0; i < n; i++) {
            unit[i][i] = 1;
        }
        return unit;
    }

    int q() {
        return toUser.length;
    }

    /** Number of parameters of D. */
    int parameters() {
        return blocks.stream().mapToInt(b -> b.structure().parameters()).sum();
    }

    /** The coordinates of F, block by block, each direction of length q * q. */
    double[][] directions() {
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

    /** Whether D is singular if a coordinate of F is 0: a diagonal entry of a triangle, or any of a structured block. */
    boolean opensD(final int coordinate) {
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
    double[][] elementDerivatives() {
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

    /** D as the user has it, from a factor in common coordinates; entries between blocks are 0. */
    double[][] userCovariance(final double[] factor) {
        final double[][] f = Matrices.multiply(toUser, Matrices.square(factor, q()));
        final double[][] all = Matrices.multiply(f, Matrices.transpose(f));
        final double[][] d = new double[q()][q()];
        for (final RandomBlock block : blocks) {
            final int n = block.size();
            final double[] own = block.part(all);
            final LinearStructure structure = block.structure();
            structure.at(structure.near(own)).value(own);
            for (int i = 0; i < n * n; i++) {
                d[block.first() + i / n][block.first() + i % n] = own[i];
            }
        }
        return d;
    }

    /** The parameters as the user has them by the elements of D in common coordinates, a linear map. */
    double[][] userMap() {
        final int elements = q() * (q() + 1) / 2;
        final double[][] map = new double[parameters()][elements];
        int element = 0;
        for (int a = 0; a < q(); a++) {
            for (int b = 0; b <= a; b++, element++) {
                final double[][] e = new double[q()][q()];
                e[a][b] = 1;
                e[b][a] = 1;
                final double[][] moved = Matrices.sandwich(toUser, e);
                int k = 0;
                for (final RandomBlock block : blocks) {
                    for (final double theta : block.structure().near(block.part(moved))) {
                        map[k++][element] = theta;
                    }
                }
            }
        }
        return map;
    }

    /** The parameters of D as the user has them. */
    double[] userParameters(final double[] factor) {
        final double[][] d = userCovariance(factor);
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
    List<String> parameterNames() {
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
    double[] coordinatesOf(final double[] factor) {
        return blocks.stream().flatMapToDouble(b -> Arrays.stream(b.coordinates(factor, q()))).toArray();
    }

    /** A factor to start from: each column of Z contributes about as much variance as the residual. */
    double[] startFactor() {
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
