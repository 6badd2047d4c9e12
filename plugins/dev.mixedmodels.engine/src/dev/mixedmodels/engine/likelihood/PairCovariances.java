package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import java.util.Arrays;

/** How the predicted effects of units of two grouping factors go together. */
final class PairCovariances {
    /** Up to so many random effects. */
    private static final int FEW = 1000;

    private PairCovariances() {
    }

    /** Whether all pairs are worked out. */
    static boolean all(final BlockedCrossProducts data) {
        long effects = 0;
        for (int k = 0; k < data.levels().length; k++) {
            effects += (long) data.levels()[k] * data.effects()[k];
        }
        return effects <= FEW;
    }

    /** From the columns of M^-1 that belong to the second factor, M = Lambda'Z'Z Lambda + I. */
    static void of(final BlockedCrossProducts data, final double[][] lambda, final int k, final int l,
        final PairEffects receiver) {
        final BlockedFactor factor = new BlockedFactor(data);
        factor.factor(lambda);
        final BlockedVectors vectors = new BlockedVectors(factor);
        final int q = data.effects()[k];
        final int r = data.effects()[l];
        final double[][] columns = new double[data.levels()[l] * r][];
        for (int m = 0; m < columns.length; m++) {
            columns[m] = new double[vectors.length()];
            columns[m][vectors.at(l, m / r) + m % r] = 1;
            factor.solveLower(columns[m]);
            factor.solveUpper(columns[m]);
        }
        final double[] block = new double[q * r];
        for (int j = 0; j < data.levels()[k]; j++) {
            for (int m = 0; m < data.levels()[l]; m++) {
                for (int i = 0; i < q * r; i++) {
                    block[i] = columns[m * r + i % r][vectors.at(k, j) + i / r];
                }
                receiver.accept(j, m, scaled(lambda[k], q, block, lambda[l], r));
            }
        }
    }

    /** Of the pairs that share rows: S = M^-1 has a block for each. */
    static void linked(final BlockedFactor factor, final SelectedInverse inverse, final double[][] lambda, final int k,
        final int l, final PairEffects receiver) {
        final PairMap map =
            Arrays.stream(factor.maps).filter(m -> m.first() == k && m.second() == l).findFirst().orElseThrow();
        final int q = factor.data.effects()[k];
        final int r = factor.data.effects()[l];
        final double[] block = new double[q * r];
        for (int j = 0; j < factor.data.levels()[k]; j++) {
            for (int e = map.pairs().start()[j]; e < map.pairs().start()[j + 1]; e++) {
                final double[] from = map.core()[e] ? factor.core.entries() : inverse.panels;
                final int stride = map.core()[e] ? factor.core.stride() : map.ahead()[e] ? q : r;
                for (int i = 0; i < q * r; i++) {
                    final int row = map.ahead()[e] ? i % r : i / r; // of the later unit
                    final int column = map.ahead()[e] ? i / r : i % r;
                    block[i] = from[map.place()[e] + row * stride + column];
                }
                receiver.accept(j, map.pairs().second()[e], scaled(lambda[k], q, block, lambda[l], r));
            }
        }
    }

    /** Lambda_k b Lambda_l', q x r. */
    static double[] scaled(final double[] lambdaK, final int q, final double[] b, final double[] lambdaL, final int r) {
        final double[] scaled = new double[q * r];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < r; j++) {
                for (int a = 0; a < q; a++) {
                    for (int c = 0; c < r; c++) {
                        scaled[i * r + j] += lambdaK[i * q + a] * b[a * r + c] * lambdaL[j * r + c];
                    }
                }
            }
        }
        return scaled;
    }
}
