package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.GroupReduction;

/**
 * Kenward and Roger's cross-products with one grouping factor. After rotation a unit's V is K K' on the q rows [R T]
 * and the identity on the rows within the unit, so that with U = K^-1 T and H = K^-1 R
 * X'V^-1 V_k V^-1 X = U'H F_k H'U for an element of G, and K^-1 K^-T stands for each further V^-1 when V_m = I.
 */
final class GroupedCrossProducts {
    private GroupedCrossProducts() {
    }

    static CovarianceCrossProducts of(final GroupReduction data, final double[] lambda,
        final double[][] basis) {
        final int q = data.effects();
        final int p = data.fixedEffects();
        final int n = basis.length + 1;
        final CovarianceCrossProducts sums = new CovarianceCrossProducts(new double[n][p][p], new double[n][n][p][p],
            new double[n][n]);
        final WhitenedUnit unit = new WhitenedUnit(data, lambda);
        final double[] ux = new double[q * p];
        final double[][] middle = new double[n][];
        for (int j = 0; j < data.levels(); j++) {
            unit.whiten(j, true);
            for (int i = 0; i < q; i++) {
                System.arraycopy(unit.u, i * (p + 1), ux, i * p, p);
            }
            // middle[k] = K^-1 V_k K^-T on the q rows
            for (int k = 0; k < n - 1; k++) {
                final double[] hf = SmallMatrix.multiply(unit.h, basis[k], q);
                middle[k] = SmallMatrix.multiplyTransposed(hf, unit.h, q);
            }
            final double[] inverse = new double[q * q];
            for (int i = 0; i < q; i++) {
                inverse[i * q + i] = 1;
            }
            unit.whitenAgain(inverse, q);
            middle[n - 1] = SmallMatrix.multiplyTransposed(inverse, inverse, q);
            add(sums, middle, ux, q, p);
        }
        addWithin(sums, data);
        return sums;
    }

    private static void add(final CovarianceCrossProducts sums, final double[][] middle, final double[] ux,
        final int q, final int p) {
        final int n = middle.length;
        for (int k = 0; k < n; k++) {
            addSandwich(sums.p()[k], ux, middle[k], q, p);
            for (int l = 0; l < n; l++) {
                final double[] product = SmallMatrix.multiply(middle[k], middle[l], q);
                addSandwich(sums.q()[k][l], ux, product, q, p);
                for (int i = 0; i < q; i++) {
                    sums.traces()[k][l] += product[i * q + i];
                }
            }
        }
    }

    /** sum += u' m u. */
    private static void addSandwich(final double[][] sum, final double[] u, final double[] m, final int q,
        final int p) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                final double mij = m[i * q + j];
                for (int a = 0; mij != 0 && a < p; a++) {
                    final double x = u[i * p + a] * mij;
                    for (int b = 0; b < p; b++) {
                        sum[a][b] += x * u[j * p + b];
                    }
                }
            }
        }
    }

    /** Within units V and V_m are identities; the q rows of units with fewer rows than effects are padding. */
    private static void addWithin(final CovarianceCrossProducts sums, final GroupReduction data) {
        final int p = data.fixedEffects();
        final int last = sums.traces().length - 1;
        for (int a = 0; a < p; a++) {
            for (int b = 0; b < p; b++) {
                final double x = data.within()[a * (p + 1) + b];
                sums.p()[last][a][b] += x;
                sums.q()[last][last][a][b] += x;
            }
        }
        sums.traces()[last][last] += data.rows() - (double) data.levels() * data.effects();
    }
}
