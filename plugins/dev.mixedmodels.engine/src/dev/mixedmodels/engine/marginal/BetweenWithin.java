package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.inference.BetweenWithinDf;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/** Finds out which means are constant within subjects, for {@link BetweenWithinDf}. */
final class BetweenWithin {
    /** What is left of a column of unit mean square when subjects' means are taken off, and counts as nothing. */
    private static final double CONSTANT = 1e-10;

    private BetweenWithin() {
    }

    static FixedInference of(final FixedInference inner, final RepeatedRows rows) {
        final boolean[] betweenColumn = constantColumns(rows);
        final double[][] betweenMeans = constantMeans(rows);
        final boolean intercept = rows.design().fixed().intercept();
        if (intercept) {
            betweenColumn[0] = false;
        }
        final double dfBetween = positive(rows.subjects() - betweenMeans.length);
        final double dfWithin = positive(rows.index().size() - rows.subjects() - (rows.columns() - betweenMeans.length));
        final double[] byColumn = new double[betweenColumn.length];
        Arrays.setAll(byColumn, j -> betweenColumn[j] ? dfBetween : dfWithin);
        return new BetweenWithinDf(inner, rows.design().fixed().basis(), new BetweenWithinDf.Strata(byColumn,
            betweenMeans, betweenMeans.length > (intercept ? 1 : 0), dfBetween, dfWithin));
    }

    private static double positive(final double df) {
        return df > 0 ? df : Double.NaN;
    }

    /** Columns of X that do not change within any subject. */
    private static boolean[] constantColumns(final RepeatedRows rows) {
        final int p = rows.columns();
        final boolean[] constant = new boolean[p];
        Arrays.fill(constant, true);
        final double[] first = new double[p];
        final double[] next = new double[p];
        for (int s = 0; s < rows.subjects(); s++) {
            rows.design().fixed().row(rows.index().row(rows.index().start(s)), first);
            for (int i = rows.index().start(s) + 1; i < rows.index().start(s + 1); i++) {
                rows.design().fixed().row(rows.index().row(i), next);
                for (int j = 0; j < p; j++) {
                    constant[j] &= next[j] == first[j];
                }
            }
        }
        return constant;
    }

    /** Null vectors of the cross-products of W less the means of subjects, weighted. */
    private static double[][] constantMeans(final RepeatedRows rows) {
        final int p = rows.columns();
        final double[][] products = new double[p][p];
        final double[] w = new double[p];
        for (int s = 0; s < rows.subjects(); s++) {
            final int from = rows.index().start(s);
            final int to = rows.index().start(s + 1);
            final double[] mean = new double[p];
            double all = 0;
            for (int i = from; i < to; i++) {
                all += rows.design().weights().of(rows.index().row(i));
            }
            for (int i = from; i < to; i++) {
                rows.design().fixed().basisRow(rows.index().row(i), w);
                for (int j = 0; j < p; j++) {
                    mean[j] += w[j] * rows.design().weights().of(rows.index().row(i)) / all;
                }
            }
            for (int i = from; i < to; i++) {
                rows.design().fixed().basisRow(rows.index().row(i), w);
                final double share = rows.design().weights().of(rows.index().row(i)) / rows.index().size();
                for (int j = 0; j < p; j++) {
                    for (int k = 0; k < p; k++) {
                        products[j][k] += share * (w[j] - mean[j]) * (w[k] - mean[k]);
                    }
                }
            }
        }
        final Matrices.Eigen eigen = Matrices.eigen(products);
        int varying = 0;
        while (varying < p && eigen.values()[varying] > CONSTANT) {
            varying++;
        }
        return Arrays.copyOfRange(eigen.vectors(), varying, p);
    }
}
