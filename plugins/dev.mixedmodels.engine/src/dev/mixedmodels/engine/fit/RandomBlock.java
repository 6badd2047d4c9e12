package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.numeric.GramSchmidt;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Random effects that are correlated among themselves only. The structure holds for D_b in working coordinates: those
 * of orthonormal columns if unstructured (then any coordinates will do), else the effects as they are.
 *
 * @param first index of the first effect of the block
 * @param kind of structure
 * @param structure of D_b
 * @param toUser q_b x q_b: effects as the user has them = toUser x working effects
 * @param toCommon q x q_b: effects of the common orthonormal columns of all blocks = toCommon x working effects
 */
public record RandomBlock(int first, RandomStructure kind, LinearStructure structure, double[][] toUser,
    double[][] toCommon) {

    /** Whether D_b is unstructured, so that linear changes of coordinates leave it so. */
    public boolean free() {
        return kind.free();
    }

    /** q_b, the number of effects. */
    public int size() {
        return structure.dimension();
    }

    /** The variance of an effect that contributes 1 to the mean variance of the rows, others aside. */
    public double unitVariance(final int effect) {
        if (free()) {
            return Matrices.dot(toUser[effect], toUser[effect]);
        }
        double squares = 0;
        for (final double[] row : toCommon) {
            squares += row[effect] * row[effect];
        }
        return 1 / squares;
    }

    /**
     * Standard deviations of the working effects with which each contributes about as much variance as the residual.
     */
    public double[] startScales() {
        final double[] scales = new double[size()];
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < scales.length; j++) {
            double squares = 0;
            for (final double[] row : toCommon) {
                squares += row[j] * row[j];
            }
            scales[j] = 1 / Math.sqrt(squares);
            least = Math.min(least, scales[j]);
        }
        if (!free()) {
            Arrays.fill(scales, least); // they share one variance
        }
        return scales;
    }

    /** toCommon G for a q_b x q_b matrix G, placed into the block's columns of a q x q matrix. */
    public void place(final double[] g, final int q, final double[] out) {
        final int n = size();
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += toCommon[i][k] * g[k * n + j];
                }
                out[i * q + first + j] = sum;
            }
        }
    }

    /**
     * A block of effects as the user has them. An unstructured one lives on an orthonormal basis of what they span
     * among the common columns.
     *
     * @param first index of the first effect of the block
     * @param kind of structure
     * @param effects the effects as combinations of those of the common columns, one row of length q for each
     * @return the block
     */
    public static RandomBlock of(final int first, final RandomStructure kind, final double[][] effects) {
        final int n = effects.length;
        final double[][] columns = new double[n][];
        final double[][] upper = new double[n][n];
        for (int k = 0; k < n; k++) {
            columns[k] = effects[k].clone();
            upper[k][k] = 1;
            if (kind.free()) {
                final double[] taken = GramSchmidt.takeOff(columns[k], Arrays.asList(columns).subList(0, k));
                for (int i = 0; i < k; i++) {
                    upper[i][k] = taken[i];
                }
                upper[k][k] = Math.sqrt(Matrices.dot(columns[k], columns[k]));
                for (int i = 0; i < columns[k].length; i++) {
                    columns[k][i] /= upper[k][k];
                }
            }
        }
        return new RandomBlock(first, kind, kind.of(n), Matrices.inverseUpper(upper), Matrices.transpose(columns));
    }

    /**
     * @param kept indices of effects
     * @return the same block with these effects only
     */
    public RandomBlock restricted(final int[] kept) {
        final double[][] effects = Matrices.transpose(Matrices.multiply(toCommon, Matrices.inverseUpper(toUser)));
        return of(first, kind, IntStream.of(kept).mapToObj(k -> effects[k]).toArray(double[][]::new));
    }

    /** The block of a q x q matrix, flat. */
    public double[] part(final double[][] matrix) {
        final int n = size();
        final double[] part = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[first + i], first, part, i * n, n);
        }
        return part;
    }

    /** The block's working factor, n x n, from its columns of a factor in common coordinates. */
    public double[] own(final double[] factor, final int q) {
        final int n = size();
        final double[][] columns = new double[q][n];
        for (int i = 0; i < q; i++) {
            System.arraycopy(factor, i * q + first, columns[i], 0, n);
        }
        final double[][] t = Matrices.transpose(toCommon);
        return Matrices.flat(Matrices.multiply(
            Matrices.inversePositiveDefinite(Matrices.multiply(t, toCommon)), Matrices.multiply(t, columns)));
    }

    /** Coordinates u of a factor, or if unstructured of any factor of the same D. */
    public double[] coordinates(final double[] factor, final int q) {
        final int n = size();
        final double[] f = own(factor, q);
        final double[] u = new double[structure.parameters()];
        if (!free()) {
            for (int k = 0; k < u.length; k++) {
                final double[] basis = structure.factorBasis()[k]; // orthogonal to one another
                u[k] = Matrices.dot(basis, f) / Matrices.dot(basis, basis);
            }
            return u;
        }
        final double[][] g = Matrices.square(f, n);
        final double[][] d = Matrices.multiply(g, Matrices.transpose(g));
        int k = 0;
        for (int i = 0; i < n; i++) {
            final int row = k;
            for (int j = 0; j <= i; j++, k++) {
                double sum = d[i][j];
                final int other = j * (j + 1) / 2;
                for (int l = 0; l < j; l++) {
                    sum -= u[row + l] * u[other + l];
                }
                final double pivot = i == j ? Math.sqrt(Math.max(0, sum)) : u[other + j];
                u[k] = i == j ? pivot : pivot > 0 ? sum / pivot : 0;
            }
        }
        return u;
    }
}
