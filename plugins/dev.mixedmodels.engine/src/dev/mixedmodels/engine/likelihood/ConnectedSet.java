package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.BlockedCholesky;
import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.UnitPairs;
import java.util.Arrays;

/**
 * The full matrix W = Z'V^-1 Z = A - A H A of a connected set of units, A = Z'Z, H = Lambda (Lambda'A Lambda + I)^-1
 * Lambda', with Z'V^-1 X and with sums over pairs of units from which traces of products follow.
 */
final class ConnectedSet {
    private final BlockedCrossProducts data;
    private final UnitGraph graph;
    private final int[] nodes;
    private final int[] offset;
    private final int size;
    private final double[] w;
    private final double[][] fixed;
    private final double[][][] pairMoments;

    ConnectedSet(final BlockedCrossProducts data, final UnitGraph graph, final int[] nodes, final double[][] lambda,
        final Progress progress) {
        this.data = data;
        this.graph = graph;
        this.nodes = nodes;
        offset = new int[nodes.length + 1];
        for (int i = 0; i < nodes.length; i++) {
            offset[i + 1] = offset[i] + data.effects()[graph.factor(nodes[i])];
        }
        size = offset[nodes.length];
        final double[] a = crossProducts();
        final double[] h = middle(a, lambda);
        progress.check();
        fixed = new double[size][data.fixedEffects()];
        w = new double[size * size];
        Parallel.forEach(size, i -> {
            progress.check();
            fillRow(i, a, h);
        });
        pairMoments = new double[lambda.length * lambda.length][][];
        for (int k = 0; k < lambda.length; k++) {
            for (int l = 0; l < lambda.length; l++) {
                pairMoments[k * lambda.length + l] = moments(k, l);
            }
        }
    }

    private int unit(final int i) {
        return nodes[i] - graph.first()[graph.factor(nodes[i])];
    }

    private double[] crossProducts() {
        final double[] a = new double[size * size];
        for (int i = 0; i < nodes.length; i++) {
            final int k = graph.factor(nodes[i]);
            final int q = data.effects()[k];
            final int j = unit(i);
            for (int r = 0; r < q; r++) {
                System.arraycopy(data.diagonal()[k], (j * q + r) * q, a, (offset[i] + r) * size + offset[i], q);
            }
            for (int l = k + 1; l < data.levels().length; l++) {
                final UnitPairs pairs = data.pairs()[k][l];
                final int ql = data.effects()[l];
                for (int e = pairs.start()[j]; e < pairs.start()[j + 1]; e++) {
                    final int other = offset[Arrays.binarySearch(nodes, graph.first()[l] + pairs.second()[e])];
                    for (int r = 0; r < q; r++) {
                        for (int c = 0; c < ql; c++) {
                            final double x = pairs.values()[(e * q + r) * ql + c];
                            a[(offset[i] + r) * size + other + c] = x;
                            a[(other + c) * size + offset[i] + r] = x;
                        }
                    }
                }
            }
        }
        return a;
    }

    /** H, both triangles. */
    private double[] middle(final double[] a, final double[][] lambda) {
        final double[] scaled = sandwich(a, lambda, true);
        final BlockedCholesky cholesky = new BlockedCholesky(size);
        cholesky.clear();
        for (int i = 0; i < size; i++) {
            System.arraycopy(scaled, i * size, cholesky.entries(), i * cholesky.stride(), i + 1);
            cholesky.entries()[i * cholesky.stride() + i] += 1;
        }
        if (!cholesky.factor()) {
            throw new IllegalStateException("not positive definite at the estimates");
        }
        cholesky.invert();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                final double x = cholesky.entries()[i * cholesky.stride() + j];
                scaled[i * size + j] = x;
                scaled[j * size + i] = x;
            }
        }
        return sandwich(scaled, lambda, false);
    }

    /** Lambda'a Lambda, or Lambda a Lambda', block by block. */
    private double[] sandwich(final double[] a, final double[][] lambda, final boolean transposed) {
        final double[] half = new double[size * size];
        final double[] whole = new double[size * size];
        for (int i = 0; i < nodes.length; i++) {
            final int k = graph.factor(nodes[i]);
            final int q = data.effects()[k];
            for (int r = 0; r < q; r++) {
                for (int c = 0; c < q; c++) {
                    final double x = transposed ? lambda[k][c * q + r] : lambda[k][r * q + c];
                    for (int j = 0; x != 0 && j < size; j++) {
                        half[(offset[i] + r) * size + j] += x * a[(offset[i] + c) * size + j];
                    }
                }
            }
        }
        for (int i = 0; i < nodes.length; i++) {
            final int k = graph.factor(nodes[i]);
            final int q = data.effects()[k];
            for (int j = 0; j < size; j++) {
                for (int r = 0; r < q; r++) {
                    double sum = 0;
                    for (int c = 0; c < q; c++) {
                        sum += (transposed ? lambda[k][c * q + r] : lambda[k][r * q + c]) * half[j * size + offset[i]
                            + c];
                    }
                    whole[j * size + offset[i] + r] = sum;
                }
            }
        }
        return whole;
    }

    /** Row i of W = A - (A H) A and of Z'V^-1 X = Z'X - (A H) Z'X. */
    private void fillRow(final int i, final double[] a, final double[] h) {
        final double[] ah = new double[size];
        for (int l = 0; l < size; l++) {
            final double x = a[i * size + l];
            for (int j = 0; x != 0 && j < size; j++) {
                ah[j] += x * h[l * size + j];
            }
        }
        System.arraycopy(a, i * size, w, i * size, size);
        for (int l = 0; l < size; l++) {
            double sum = 0;
            for (int j = 0; j < size; j++) {
                sum += ah[j] * a[l * size + j];
            }
            w[i * size + l] -= sum;
        }
        final int p = data.fixedEffects();
        for (int at = 0; at < nodes.length; at++) {
            final int k = graph.factor(nodes[at]);
            final int q = data.effects()[k];
            for (int r = 0; r < q; r++) {
                final int row = offset[at] + r;
                final double factor = (row == i ? 1 : 0) - ah[row];
                for (int c = 0; c < p; c++) {
                    fixed[i][c] += factor * data.fixed()[k][(unit(at) * q + r) * (p + 1) + c];
                }
            }
        }
    }

    /** Sum over units i of factor k and j of factor l of W_ij (x) W_ij, (q_k q_l) x (q_k q_l). */
    private double[][] moments(final int k, final int l) {
        final int m = data.effects()[k];
        final int n = data.effects()[l];
        final double[][] sums = new double[m * n][m * n];
        for (int i = 0; i < nodes.length; i++) {
            for (int j = 0; graph.factor(nodes[i]) == k && j < nodes.length; j++) {
                if (graph.factor(nodes[j]) == l) {
                    for (int a = 0; a < m * n; a++) {
                        final double x = w[(offset[i] + a / n) * size + offset[j] + a % n];
                        for (int b = 0; b < m * n; b++) {
                            sums[a][b] += x * w[(offset[i] + b / n) * size + offset[j] + b % n];
                        }
                    }
                }
            }
        }
        return sums;
    }

    /** Z'V^-1 X, size x p. */
    double[][] fixed() {
        return fixed;
    }

    /** f x for the units of factor k, 0 for the others. */
    double[][] times(final int k, final double[] f, final double[][] x) {
        final int q = data.effects()[k];
        final double[][] product = new double[size][data.fixedEffects()];
        for (int i = 0; i < nodes.length; i++) {
            for (int r = 0; graph.factor(nodes[i]) == k && r < q; r++) {
                for (int c = 0; c < q; c++) {
                    final double factor = f[r * q + c];
                    final double[] from = x[offset[i] + c];
                    for (int b = 0; factor != 0 && b < from.length; b++) {
                        product[offset[i] + r][b] += factor * from[b];
                    }
                }
            }
        }
        return product;
    }

    /** W x. */
    double[][] cross(final double[][] x) {
        final double[][] product = new double[size][data.fixedEffects()];
        Parallel.forEach(size, i -> {
            for (int j = 0; j < size; j++) {
                final double wij = w[i * size + j];
                for (int c = 0; c < x[j].length; c++) {
                    product[i][c] += wij * x[j][c];
                }
            }
        });
        return product;
    }

    /** trace(F W), F = f for the units of factor k. */
    double trace(final int k, final double[] f) {
        final int q = data.effects()[k];
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            for (int r = 0; graph.factor(nodes[i]) == k && r < q; r++) {
                for (int c = 0; c < q; c++) {
                    sum += f[r * q + c] * w[(offset[i] + c) * size + offset[i] + r];
                }
            }
        }
        return sum;
    }

    /** trace(F W G W), F = f for the units of factor k and G = g for those of factor l. */
    double trace(final int k, final double[] f, final int l, final double[] g) {
        final int m = data.effects()[k];
        final int n = data.effects()[l];
        final double[][] sums = pairMoments[k * data.levels().length + l];
        double trace = 0;
        for (int a = 0; a < m * n; a++) {
            for (int b = 0; b < m * n; b++) {
                trace += f[b / n * m + a / n] * g[a % n * n + b % n] * sums[a][b];
            }
        }
        return trace;
    }
}
