package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.BlockedSums;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A mixed model on arrays and its likelihood by the definition, with the n x n matrix V. */
final class DenseMixedModel implements ModelRows {
    final double[][] x;
    final double[] y;
    final List<Grouping> groupings;
    final List<double[][]> z;

    DenseMixedModel(final double[][] x, final double[] y, final List<Grouping> groupings, final List<double[][]> z) {
        this.x = x;
        this.y = y;
        this.groupings = groupings;
        this.z = z;
    }

    /** Random data: X = 1 and p - 1 normal columns, Z = 1 and normal columns, units drawn or given. */
    static DenseMixedModel random(final long seed, final int n, final int p, final int[] q, final int[][] codes) {
        final Random random = new Random(seed);
        final double[][] x = new double[n][p];
        final double[] y = new double[n];
        final List<double[][]> z = new ArrayList<>();
        final List<Grouping> groupings = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < p; c++) {
                x[i][c] = c == 0 ? 1 : random.nextGaussian();
            }
            y[i] = 3 + random.nextGaussian();
        }
        for (int k = 0; k < q.length; k++) {
            int levels = 0;
            for (final int code : codes[k]) {
                levels = Math.max(levels, code + 1);
            }
            groupings.add(new Grouping("g" + k, codes[k], levels));
            final double[][] zk = new double[n][q[k]];
            final double[][] b = new double[levels][q[k]];
            for (final double[] unit : b) {
                for (int c = 0; c < q[k]; c++) {
                    unit[c] = 0.8 * random.nextGaussian();
                }
            }
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < q[k]; c++) {
                    zk[i][c] = c == 0 ? 1 : random.nextGaussian();
                    y[i] += zk[i][c] * b[codes[k][i]][c];
                }
            }
            z.add(zk);
        }
        return new DenseMixedModel(x, y, groupings, z);
    }

    /** The model of these rows. */
    MixedModel model(final List<LinearStructure> structures) {
        final int p = fixedEffects();
        final double[] cross = new double[(p + 1) * (p + 1)];
        final boolean[] constant = new boolean[width() - p - 1];
        Arrays.fill(constant, true);
        final CrossProducts products = new CrossProducts(new double[constant.length]);
        final double[] row = new double[width()];
        for (int i = 0; i < y.length; i++) {
            row(i, row);
            for (int a = 0; a <= p; a++) {
                for (int b = 0; b <= p; b++) {
                    cross[a * (p + 1) + b] += row[a] * row[b];
                }
            }
            for (int c = 0; c < constant.length; c++) {
                constant[c] &= row[p + 1 + c] == 1;
            }
            products.add(Arrays.copyOfRange(row, p + 1, row.length));
        }
        final MeanFit naive = MeanFit.of(0, cross, p);
        final Coordinates coordinates = new Coordinates(products, IntStream.range(0, constant.length).toArray(), constant,
            structures, naive.beta(), Math.sqrt(naive.r2() / y.length));
        return MixedModel.of((question, progress) -> {
            final MixedSums sums = new MixedSums(question, null, progress);
            sums.add(this, codes());
            return sums;
        }, new MixedSums.Question(coordinates, groupings.stream().mapToInt(Grouping::levels).toArray(), -1, false, constant,
            false), structures, Progress.NONE);
    }

    private int[][] codes() {
        return groupings.stream().map(Grouping::codes).toArray(int[][]::new);
    }

    /** Cross-products of these rows, in the given coordinates or as they are. */
    BlockedCrossProducts products(final Coordinates coordinates) {
        final BlockedSums sums = new BlockedSums(fixedEffects(), randomEffects(),
            groupings.stream().mapToInt(Grouping::levels).toArray(), -1);
        final ModelRows given = coordinates == null ? this : coordinates.of(this);
        final double[] rows = new double[size() * width()];
        given.rows(0, size(), rows);
        sums.add(rows, codes());
        return sums.products();
    }

    /** Units drawn at random from 0 .. levels - 1. */
    static int[] drawn(final long seed, final int n, final int levels) {
        return new Random(seed).ints(n, 0, levels).toArray();
    }

    @Override
    public int size() {
        return y.length;
    }

    @Override
    public int fixedEffects() {
        return x[0].length;
    }

    @Override
    public int[] randomEffects() {
        return z.stream().mapToInt(zk -> zk[0].length).toArray();
    }

    @Override
    public void row(final int row, final double[] values) {
        int at = fixedEffects();
        System.arraycopy(x[row], 0, values, 0, at);
        values[at++] = y[row];
        for (final double[][] zk : z) {
            System.arraycopy(zk[row], 0, values, at, zk[row].length);
            at += zk[row].length;
        }
    }

    /** V = sigma2 I + sum Z_k D_k Z_k'. */
    double[] v(final List<double[][]> d, final double sigma2) {
        final int n = y.length;
        final double[] v = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[i * n + j] = i == j ? sigma2 : 0;
                for (int k = 0; k < z.size(); k++) {
                    if (groupings.get(k).codes()[i] == groupings.get(k).codes()[j]) {
                        for (int a = 0; a < d.get(k).length; a++) {
                            for (int b = 0; b < d.get(k).length; b++) {
                                v[i * n + j] += z.get(k)[i][a] * d.get(k)[a][b] * z.get(k)[j][b];
                            }
                        }
                    }
                }
            }
        }
        return v;
    }

    /** -2 log (restricted) likelihood. */
    double criterion(final List<double[][]> d, final double sigma2, final boolean reml) {
        final int n = y.length;
        final int p = fixedEffects();
        final double[] l = v(d, sigma2);
        if (!Cholesky.factor(l, n)) {
            throw new IllegalArgumentException("V is not positive definite");
        }
        final double[][] w = new double[p + 1][n]; // L^-1 [X y]
        for (int c = 0; c <= p; c++) {
            for (int i = 0; i < n; i++) {
                w[c][i] = c < p ? x[i][c] : y[i];
            }
            Cholesky.solveLower(l, n, w[c]);
        }
        final double[] s = new double[(p + 1) * (p + 1)];
        for (int a = 0; a <= p; a++) {
            for (int b = 0; b <= p; b++) {
                for (int i = 0; i < n; i++) {
                    s[a * (p + 1) + b] += w[a][i] * w[b][i];
                }
            }
        }
        final MeanFit solution = MeanFit.of(0, s, p);
        return Cholesky.logDeterminant(l, n) + (reml ? solution.logDetC() : 0)
            + (reml ? n - p : n) * Math.log(2 * Math.PI) + solution.r2();
    }
}
