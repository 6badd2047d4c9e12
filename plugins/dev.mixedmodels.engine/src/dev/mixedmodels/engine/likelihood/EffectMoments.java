package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.UnitPairs;
import java.util.Arrays;

/**
 * Quadratic forms in the residuals r of ordinary least squares and their expectations when effects are uncorrelated:
 * for effect c, r'Z_c Z_c'r has expectation sum_d tr(Z_c Z_c' Z_d Z_d') var_d + tr(Z_c Z_c') sigma2, and r'r has sum_d
 * tr(Z_d Z_d') var_d + (N - p) sigma2, but for what X takes away. Equating them gives estimates that are not good but
 * near enough for a start (MINQUE(0): Rao 1971, J. Multivariate Anal. 1:257-275).
 *
 * @param expectation matrix of these equations, effects of all factors in turn and last the residual variance
 * @param observed the quadratic forms
 */
record EffectMoments(double[][] expectation, double[] observed) {
    /** Variances over the residual variance are taken between these. */
    private static final double LEAST = 0.01;
    private static final double MOST = 1e20;

    private static EffectMoments empty(final int[] effects, final double residualSquares, final double df) {
        int n = 1;
        for (final int q : effects) {
            n += q;
        }
        final EffectMoments moments = new EffectMoments(new double[n][n], new double[n]);
        moments.observed[n - 1] = residualSquares;
        moments.expectation[n - 1][n - 1] = df;
        return moments;
    }

    /**
     * @param data the rows
     * @return for each effect a standard deviation over that of the residuals to start with; null if there is none
     */
    static double[] deviations(final BlockedCrossProducts data) {
        final EffectMoments moments = of(data);
        final double[] ratios = moments == null ? null : moments.ratios();
        return ratios == null ? null
            : Arrays.stream(ratios).map(ratio -> Math.sqrt(Math.min(MOST, Math.max(LEAST, ratio)))).toArray();
    }

    private static EffectMoments of(final BlockedCrossProducts data) {
        final int p = data.fixedEffects();
        final MeanFit ols = MeanFit.of(0, data.cross().clone(), p);
        if (ols == null) {
            return null;
        }
        final EffectMoments moments = empty(data.effects(), ols.r2(), data.rows() - p);
        int first = 0;
        for (int k = 0; k < data.effects().length; k++) {
            final int q = data.effects()[k];
            final double[] zr = new double[q];
            for (int j = 0; j < data.levels()[k]; j++) {
                moments.addUnit(first, q, data.diagonal()[k], j * q * q);
                for (int c = 0; c < q; c++) {
                    final int row = (j * q + c) * (p + 1);
                    zr[c] = data.fixed()[k][row + p];
                    for (int x = 0; x < p; x++) {
                        zr[c] -= data.fixed()[k][row + x] * ols.beta()[x];
                    }
                }
                moments.addScores(first, zr);
            }
            int other = first + q;
            for (int l = k + 1; l < data.effects().length; l++) {
                moments.addPairs(first, q, other, data.effects()[l], data.pairs()[k][l]);
                other += data.effects()[l];
            }
            first += q;
        }
        return moments;
    }

    private void addScores(final int first, final double[] zr) {
        for (int c = 0; c < zr.length; c++) {
            observed[first + c] += zr[c] * zr[c];
        }
    }

    private void addUnit(final int first, final int q, final double[] a, final int at) {
        final int last = observed.length - 1;
        for (int c = 0; c < q; c++) {
            for (int d = 0; d < q; d++) {
                final double x = a[at + c * q + d];
                expectation[first + c][first + d] += x * x;
            }
            expectation[first + c][last] += a[at + c * q + c];
            expectation[last][first + c] += a[at + c * q + c];
        }
    }

    private void addPairs(final int first, final int q, final int other, final int r, final UnitPairs pairs) {
        for (int e = 0; e < pairs.size(); e++) {
            for (int c = 0; c < q; c++) {
                for (int d = 0; d < r; d++) {
                    final double x = pairs.values()[(e * q + c) * r + d];
                    expectation[first + c][other + d] += x * x;
                    expectation[other + d][first + c] += x * x;
                }
            }
        }
    }

    /** For each effect its variance over the residual variance; null if the equations give none. */
    private double[] ratios() {
        final int n = observed.length;
        final double[] l = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(expectation[i], 0, l, i * n, n);
        }
        if (!Cholesky.factor(l, n)) {
            return null;
        }
        final double[] solution = observed.clone();
        Cholesky.solveLower(l, n, solution);
        Cholesky.solveUpper(l, n, solution);
        final double sigma2 = solution[n - 1];
        if (!(sigma2 > 0)) {
            return null;
        }
        final double[] ratios = new double[n - 1];
        for (int c = 0; c < ratios.length; c++) {
            ratios[c] = solution[c] / sigma2;
        }
        return ratios;
    }
}
