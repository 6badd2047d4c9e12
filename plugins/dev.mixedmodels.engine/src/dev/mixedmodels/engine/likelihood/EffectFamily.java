package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The relative covariance factors of a model in coordinates in which the standard deviation of one effect depends on as
 * few parameters as possible. With t' the row that takes Lambda to the effect, the effect's variance is
 * sigma2 |t'Lambda|^2. In an unstructured block Lambda = M L, M orthonormal with first column t / |t| and L lower
 * triangular, so that t'Lambda = |t| (l_11, 0 ..); in other structures the parameters stay what they are.
 */
final class EffectFamily {
    /** Least size of a diagonal element at the start, for one that is 0 would stay so. */
    private static final double AWAY = 0.1;

    private final RelativeFactors factors;
    private final double[] base;
    private final double[][] rows;
    private final double deviation;

    EffectFamily(final MixedFit fit, final int k, final int effect, final double[] theta) {
        final RelativeFactors all = fit.model().pls().factors();
        final int q = all.effects()[k];
        final double[] back = Arrays.copyOfRange(fit.model().coordinates().effectsBack(k), effect * q,
            (effect + 1) * q);
        final int[] blocks = StructureShape.unstructuredBlocks(fit.model().structures().get(k));
        final int[] members = IntStream.range(0, q).filter(c -> blocks[effect] >= 0 && blocks[c] == blocks[effect])
            .toArray();
        if (members.length > 1 && BoundaryFactors.isTriangular(all, k)) {
            final double[][] m = orthonormal(back, members, effect);
            factors = rotated(all, k, m, members);
            base = start(all, k, theta, m, members);
        } else {
            factors = all;
            base = theta.clone();
        }
        rows = new double[base.length][];
        final double[] row = new double[q];
        for (int a = 0; a < base.length; a++) {
            rows[a] = factors.factor()[a] == k ? row(back, factors.basis()[a], q) : null;
            for (int c = 0; rows[a] != null && c < q; c++) {
                row[c] += base[a] * rows[a][c];
            }
        }
        double square = 0;
        for (final double x : row) {
            square += x * x;
        }
        deviation = Math.sqrt(square * fit.scaledSigma2());
    }

    /** t'E, null if it is 0. */
    private static double[] row(final double[] t, final double[] e, final int q) {
        final double[] row = new double[q];
        boolean zero = true;
        for (int i = 0; i < q; i++) {
            for (int c = 0; c < q; c++) {
                row[c] += t[i] * e[i * q + c];
                zero &= row[c] == 0;
            }
        }
        return zero ? null : row;
    }

    /** Orthonormal columns, the first along t, over the members of the block, the effect itself first. */
    private static double[][] orthonormal(final double[] t, final int[] members, final int effect) {
        final int b = members.length;
        final double[][] columns = new double[b][b];
        for (int i = 0; i < b; i++) {
            columns[0][i] = t[members[i]];
        }
        int at = 1;
        for (int candidate = 0; candidate < b; candidate++) {
            if (members[candidate] != effect) {
                columns[at++][candidate] = 1;
            }
        }
        for (int c = 0; c < b; c++) {
            // twice is enough for orthogonality to rounding
            for (int again = 0; again < 2; again++) {
                for (int d = 0; d < c; d++) {
                    double product = 0;
                    for (int i = 0; i < b; i++) {
                        product += columns[c][i] * columns[d][i];
                    }
                    for (int i = 0; i < b; i++) {
                        columns[c][i] -= product * columns[d][i];
                    }
                }
                final double size = Math.sqrt(Arrays.stream(columns[c]).map(x -> x * x).sum());
                for (int i = 0; i < b; i++) {
                    columns[c][i] /= size;
                }
            }
        }
        return columns;
    }

    private static boolean inBlock(final RelativeFactors all, final int a, final int k, final int[] members) {
        return all.factor()[a] == k && Arrays.binarySearch(members, BoundaryFactors.entry(all, a)
            / all.effects()[k]) >= 0;
    }

    /** The parameters of the block become the entries of L, row by row, and stand first. */
    private static RelativeFactors rotated(final RelativeFactors all, final int k, final double[][] m,
        final int[] members) {
        final int q = all.effects()[k];
        final int b = members.length;
        final int own = b * (b + 1) / 2;
        final int[] factor = new int[all.parameters()];
        final double[][] basis = new double[factor.length][];
        int at = 0;
        for (int r = 0; r < b; r++) {
            for (int c = 0; c <= r; c++, at++) {
                factor[at] = k;
                basis[at] = new double[q * q];
                for (int i = 0; i < b; i++) {
                    basis[at][members[i] * q + members[c]] = m[r][i];
                }
            }
        }
        int next = own;
        for (int a = 0; a < factor.length; a++) {
            if (!inBlock(all, a, k, members)) {
                factor[next] = all.factor()[a];
                basis[next++] = all.basis()[a];
            }
        }
        return new RelativeFactors(all.effects(), factor, basis);
    }

    private static double[] start(final RelativeFactors all, final int k, final double[] theta, final double[][] m,
        final int[] members) {
        final int q = all.effects()[k];
        final int b = members.length;
        final double[] lambda = all.lambda(theta)[k];
        final double[] half = new double[b * b]; // M'Lambda
        for (int r = 0; r < b; r++) {
            for (int c = 0; c < b; c++) {
                for (int i = 0; i < b; i++) {
                    half[r * b + c] += m[r][i] * lambda[members[i] * q + members[c]];
                }
            }
        }
        final double[] g = SmallMatrix.multiplyTransposed(half, half, b);
        for (int r = 0; r < b; r++) {
            g[r * b + r] += AWAY * AWAY * 1e-4;
        }
        Cholesky.factor(g, b);
        final double[] start = new double[all.parameters()];
        int at = 0;
        for (int r = 0; r < b; r++) {
            for (int c = 0; c <= r; c++) {
                start[at++] = r == c ? Math.max(AWAY, g[r * b + r]) : g[r * b + c];
            }
        }
        for (int a = 0; a < theta.length; a++) {
            if (!inBlock(all, a, k, members)) {
                start[at++] = theta[a];
            }
        }
        return start;
    }

    RelativeFactors factors() {
        return factors;
    }

    /** What the effect's standard deviation is made of, for {@link ResidualScale#ofEffect}. */
    double[][] rows() {
        return rows;
    }

    /** The start for a standard deviation of the effect: its own parameters scaled, the others as estimated. */
    double[] start(final double wanted) {
        final double[] start = base.clone();
        for (int a = 0; a < start.length; a++) {
            start[a] *= rows[a] == null ? 1 : wanted / deviation;
        }
        return start;
    }
}
