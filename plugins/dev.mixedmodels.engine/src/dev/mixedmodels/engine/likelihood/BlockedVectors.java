package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.UnitPairs;

/** Products of Z'Z and Lambda with vectors that have one entry per random effect, in elimination order. */
final class BlockedVectors {
    private final BlockedFactor factor;
    private final BlockedCrossProducts data;

    BlockedVectors(final BlockedFactor factor) {
        this.factor = factor;
        data = factor.data;
    }

    int length() {
        return factor.symbolic.order();
    }

    /** First entry of a unit. */
    int at(final int k, final int unit) {
        return factor.at[k][unit];
    }

    /** Column c of Z'[X y]. */
    double[] fixedColumn(final double[][] fixed, final int c) {
        final double[] v = new double[length()];
        final int p1 = data.fixedEffects() + 1;
        for (int k = 0; k < data.levels().length; k++) {
            final int q = data.effects()[k];
            for (int j = 0; j < data.levels()[k]; j++) {
                final int at = at(k, j);
                for (int i = 0; i < q; i++) {
                    v[at + i] = fixed[k][(j * q + i) * p1 + c];
                }
            }
        }
        return v;
    }

    /** Lambda v, or Lambda'v, for every unit; a new vector. */
    double[] scale(final double[][] lambda, final double[] v, final boolean transposed) {
        final double[] scaled = new double[v.length];
        for (int k = 0; k < lambda.length; k++) {
            addScaled(lambda[k], k, v, transposed, scaled);
        }
        return scaled;
    }

    /** to += matrix v, or matrix'v, for the units of factor k. */
    void addScaled(final double[] matrix, final int k, final double[] v, final boolean transposed,
        final double[] to) {
        final int q = data.effects()[k];
        if (q == 1) {
            for (final int at : factor.at[k]) {
                to[at] += matrix[0] * v[at];
            }
            return;
        }
        for (final int at : factor.at[k]) {
            for (int i = 0; i < q; i++) {
                double sum = 0;
                for (int c = 0; c < q; c++) {
                    sum += (transposed ? matrix[c * q + i] : matrix[i * q + c]) * v[at + c];
                }
                to[at + i] += sum;
            }
        }
    }

    /** Z'Z v, a new vector. */
    double[] crossProduct(final double[] v) {
        final double[] product = new double[v.length];
        for (int k = 0; k < data.levels().length; k++) {
            final int q = data.effects()[k];
            for (int j = 0; j < data.levels()[k]; j++) {
                final int at = at(k, j);
                if (q == 1) {
                    product[at] = data.diagonal()[k][j] * v[at];
                    continue;
                }
                for (int i = 0; i < q; i++) {
                    double sum = 0;
                    for (int c = 0; c < q; c++) {
                        sum += data.diagonal()[k][(j * q + i) * q + c] * v[at + c];
                    }
                    product[at + i] = sum;
                }
            }
        }
        for (final PairMap map : factor.maps) {
            addPairs(map, v, product);
        }
        return product;
    }

    private void addPairs(final PairMap map, final double[] v, final double[] product) {
        final UnitPairs pairs = map.pairs();
        final int k = data.effects()[map.first()];
        final int l = data.effects()[map.second()];
        final int[] start = pairs.start();
        final int[] second = pairs.second();
        final int[] atSecond = factor.at[map.second()];
        final double[] values = pairs.values();
        for (int j = 0; j + 1 < start.length; j++) {
            final int a = at(map.first(), j);
            double sum = 0; // where both units have one effect
            for (int e = start[j]; e < start[j + 1]; e++) {
                final int b = atSecond[second[e]];
                if (k == 1 && l == 1) {
                    sum += values[e] * v[b];
                    product[b] += values[e] * v[a];
                    continue;
                }
                for (int i = 0; i < k; i++) {
                    for (int c = 0; c < l; c++) {
                        final double x = values[(e * k + i) * l + c];
                        product[a + i] += x * v[b + c];
                        product[b + c] += x * v[a + i];
                    }
                }
            }
            product[a] += sum;
        }
    }
}
