package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.List;

/**
 * What likelihood equations and moment equations for A need, from one pass over the units: W = diag(w_i),
 * w_i = 1 / (v_i + A), residuals r, P = W - W X (X'WX)^-1 X'W, so that P y = W r.
 *
 * @param w sum of w = trace(W)
 * @param w2 sum of w^2 = trace(W^2)
 * @param wv sum of w v
 * @param q y'P y
 * @param q2 y'P P y
 * @param q3 y'P P P y
 * @param traceP trace(P)
 * @param traceP2 trace(P P)
 * @param traceHat2 trace((X'WX)^-1 X'W^2 X)
 * @param slope d beta / dA = -(X'WX)^-1 X'W^2 r = -C X'W^2 r
 */
record WeightedSums(double w, double w2, double wv, double q, double q2, double q3, double traceP, double traceP2,
    double traceHat2, double[] slope) {

    /** Above this leverage h the differences 1 - h and y - x'beta are taken from the fit of the other units. */
    private static final double HIGH_LEVERAGE = 0.9;

    /**
     * @param fit the regression at an A
     * @param data its data
     * @return the sums
     */
    static WeightedSums of(final WeightedFit fit, final WeightedRegression data) {
        return new Pass(fit, data).sums();
    }

    /** The pass over the units. Those of high leverage, at most p / 0.9, stand apart with their rows of P. */
    private static final class Pass {
        private final WeightedFit fit;
        private final WeightedRegression data;
        private final int p;
        private final List<Row> high = new ArrayList<>();
        private final double[] d; // sum of w^2 r z over units of low leverage, z = R^-T x
        private final double[][] m; // sum of w^2 z z' over these
        private double w1;
        private double w2;
        private double wv;
        private double q;
        private double q2;
        private double q3;
        private double traceP; // sum of w (1 - h), h the leverage w x'(X'WX)^-1 x
        private double traceP2;
        private double traceHat2;

        Pass(final WeightedFit fit, final WeightedRegression data) {
            this.fit = fit;
            this.data = data;
            p = data.columns();
            d = new double[p];
            m = new double[p][p];
        }

        WeightedSums sums() {
            final boolean one = data.isOneMean();
            final double[] common = one ? fit.whiten(data.design(0)) : new double[0];
            for (int i = 0; i < data.size(); i++) {
                final double[] z = p == 0 || one ? common : fit.whiten(data.design(i));
                final double square = Matrices.dot(z, z);
                final double w = weight(i);
                wv += w * data.variance(i);
                if (w * square > HIGH_LEVERAGE) {
                    final Row row = new Row(i);
                    high.add(row);
                    add(w, row.residual, square, row.rest);
                } else {
                    addLow(w, fit.residual(i), z, square);
                }
            }
            for (int j = 0; j < p; j++) {
                q3 -= d[j] * d[j];
                for (int l = 0; l <= j; l++) {
                    traceP2 += (l == j ? 1 : 2) * m[j][l] * m[j][l];
                }
            }
            high.forEach(this::addRow);
            return new WeightedSums(w1, w2, wv, q, q2, q3, one ? fit.traceOfOneColumn() : traceP, traceP2, traceHat2,
                slope());
        }

        private double weight(final int unit) {
            return 1 / (data.variance(unit) + fit.tau2());
        }

        private void add(final double w, final double r, final double square, final double rest) {
            final double wr = w * r;
            w1 += w;
            w2 += w * w;
            q += wr * r;
            q2 += wr * wr;
            traceP += w * rest;
            traceHat2 += w * w * square;
        }

        private void addLow(final double w, final double r, final double[] z, final double square) {
            add(w, r, square, 1 - w * square);
            q3 += w * (w * r) * (w * r);
            traceP2 += w * w * (1 - 2 * w * square);
            for (int j = 0; j < p; j++) {
                d[j] += w * (w * r) * z[j];
                for (int l = 0; l <= j; l++) {
                    m[j][l] += w * w * z[j] * z[l];
                }
            }
        }

        /** The parts of y'PPPy = (Wr)'P(Wr) and of the squares of P in the row and the column of a unit. */
        private void addRow(final Row row) {
            for (int j = 0; j < data.size(); j++) {
                final double entry = row.entry(j);
                final Row other = row(j);
                final int times = other == null ? 2 : 1; // in the column too, which no other row has
                q3 += times * row.wr * entry * (other == null ? weight(j) * fit.residual(j) : other.wr);
                traceP2 += times * entry * entry;
            }
        }

        private Row row(final int unit) {
            return high.stream().filter(row -> row.unit == unit).findFirst().orElse(null);
        }

        /** -R^-1 d, less C x w^2 r of the units that stand apart. */
        private double[] slope() {
            final double[] slope = new double[p];
            for (int j = 0; j < p; j++) {
                final double[] unit = new double[p];
                unit[j] = 1;
                slope[j] = -Matrices.dot(fit.whiten(unit), d);
                for (final Row row : high) {
                    slope[j] -= row.influence(unit);
                }
            }
            return slope;
        }

        /** A row of P from the fit of the other units: w (1 - h) (1 for the unit, -w_j x'C x_j for another). */
        private final class Row {
            private final int unit;
            private final WeightedFit others;
            private final double[] z;
            private final double rest; // 1 - h = 1 / (1 + w x'Cx), 0 where the others do not determine the coefficients
            private final double residual;
            private final double wr;

            Row(final int unit) {
                this.unit = unit;
                others = fit.without(unit);
                z = others.whiten(data.design(unit));
                final double share = 1 / (1 + weight(unit) * Matrices.dot(z, z));
                rest = share > 0 ? share : 0;
                residual = rest > 0 ? rest * others.residual(unit) : 0;
                wr = weight(unit) * residual;
            }

            double entry(final int j) {
                if (rest == 0) {
                    return 0;
                }
                return weight(unit) * rest
                    * (j == unit ? 1 : -weight(j) * Matrices.dot(z, others.whiten(data.design(j))));
            }

            /** A coefficient of C x w^2 r, where C x of all units is (1 - h) times that of the others. */
            double influence(final double[] coefficient) {
                return rest == 0 ? 0 : weight(unit) * rest * wr * Matrices.dot(z, others.whiten(coefficient));
            }
        }
    }
}
