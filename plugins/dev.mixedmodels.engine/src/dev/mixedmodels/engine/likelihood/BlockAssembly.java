package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.UnitPairs;

/** Puts M = Lambda'Z'Z Lambda + I into the places of its factor. */
final class BlockAssembly {
    private final BlockedFactor factor;
    private final SymbolicFactor symbolic;

    BlockAssembly(final BlockedFactor factor) {
        this.factor = factor;
        symbolic = factor.symbolic;
    }

    void fill(final double[][] lambda) {
        factor.clear();
        for (int k = 0; k < lambda.length; k++) {
            diagonalBlocks(k, lambda[k]);
        }
        for (final PairMap map : factor.maps) {
            if (lambda[map.first()].length == 1 && lambda[map.second()].length == 1) {
                scalars(map, lambda[map.first()][0] * lambda[map.second()][0]);
            } else {
                blocks(map, lambda[map.first()], lambda[map.second()]);
            }
        }
    }

    private void diagonalBlocks(final int k, final double[] lambda) {
        final int q = factor.data.effects()[k];
        final double[] a = factor.data.diagonal()[k];
        final double[] half = new double[q * q];
        for (int j = 0; j < factor.data.levels()[k]; j++) {
            final int u = symbolic.position[factor.graph.first()[k] + j];
            final boolean inCore = u >= symbolic.head;
            final double[] to = inCore ? factor.core.entries() : factor.diagonal;
            final int stride = inCore ? factor.core.stride() : q;
            final int corner = symbolic.scalar[u] - symbolic.coreStart();
            final int at = inCore ? corner * stride + corner : symbolic.diagonal[u];
            multiply(a, j * q * q, q, q, lambda, half);
            for (int i = 0; i < q; i++) {
                for (int c = 0; c <= i; c++) {
                    double sum = i == c ? 1 : 0;
                    for (int m = 0; m < q; m++) {
                        sum += lambda[m * q + i] * half[m * q + c];
                    }
                    to[at + i * stride + c] = sum;
                }
            }
        }
    }

    /** half = A Lambda, A m x n at a position, Lambda n x n. */
    private static void multiply(final double[] a, final int at, final int m, final int n, final double[] lambda,
        final double[] half) {
        for (int i = 0; i < m; i++) {
            for (int c = 0; c < n; c++) {
                double sum = 0;
                for (int x = 0; x < n; x++) {
                    sum += a[at + i * n + x] * lambda[x * n + c];
                }
                half[i * n + c] = sum;
            }
        }
    }

    private void scalars(final PairMap map, final double product) {
        final double[] a = map.pairs().values();
        final double[] dense = factor.core.entries();
        for (int e = 0; e < a.length; e++) {
            if (map.core()[e]) {
                dense[map.place()[e]] = product * a[e];
            } else {
                factor.panels[map.place()[e]] = product * a[e];
            }
        }
    }

    private void blocks(final PairMap map, final double[] first, final double[] second) {
        final UnitPairs pairs = map.pairs();
        final int k = factor.data.effects()[map.first()];
        final int l = factor.data.effects()[map.second()];
        final double[] half = new double[k * l];
        final double[] block = new double[k * l]; // Lambda_k' A Lambda_l
        for (int e = 0; e < pairs.size(); e++) {
            multiply(pairs.values(), e * k * l, k, l, second, half);
            for (int i = 0; i < k; i++) {
                for (int c = 0; c < l; c++) {
                    double sum = 0;
                    for (int m = 0; m < k; m++) {
                        sum += first[m * k + i] * half[m * l + c];
                    }
                    block[i * l + c] = sum;
                }
            }
            final boolean ahead = map.ahead()[e];
            final double[] to = map.core()[e] ? factor.core.entries() : factor.panels;
            final int stride = map.core()[e] ? factor.core.stride() : ahead ? k : l;
            for (int i = 0; i < k; i++) {
                for (int c = 0; c < l; c++) {
                    to[map.place()[e] + (ahead ? c * stride + i : i * stride + c)] = block[i * l + c];
                }
            }
        }
    }
}
