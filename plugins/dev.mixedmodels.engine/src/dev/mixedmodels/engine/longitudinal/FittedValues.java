package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.covariance.SubjectCorrelation;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.Arrays;

/**
 * Fitted values and residuals of the rows of the table. Normalised residuals are L^-1 (y_i - X_i beta) with V_i = L L':
 * with U the lower triangular whitening of Sigma, U Z = Z~, they are the standardised errors of predicting each
 * whitened residual from those before it, where the state is b given these (square root filter of Potter).
 * <p>
 * Source: Kaminski, Bryson &amp; Schmidt (1971) IEEE Trans. Autom. Control 16:727-736.
 */
public final class FittedValues {
    private final SubjectData data;
    private final ResidualColumns residual;
    private final Estimate estimate;
    private final double[] gamma;
    private final double[] blups;
    private final ResponseUnit unit;
    private final int[] place;
    private final double[] normalized;
    private final boolean[] predicted;

    FittedValues(final SubjectData data, final ResidualColumns residual, final Estimate estimate,
        final double[] blups, final ResponseUnit unit) {
        this.data = data;
        this.residual = residual;
        this.estimate = estimate;
        this.blups = blups;
        this.unit = unit;
        gamma = data.coefficients(estimate.atMinimum().beta());
        final ModelDesign design = data.design();
        place = new int[design.rows().frame().rows()];
        Arrays.fill(place, -1);
        for (int i = 0; i < data.size(); i++) {
            place[data.frameRow(i)] = i;
        }
        predicted = new boolean[place.length];
        final Rows others = design.rows().predicted();
        for (int i = 0; i < others.size(); i++) {
            predicted[others.row(i)] = true;
        }
        normalized = new double[data.size()];
        normalize();
    }

    private void normalize() {
        final int q = data.randomEffects()[0];
        final int p = data.fixedEffects();
        final double[] eta = estimate.eta();
        final ResidualModel model = residual.model();
        final double psi = model.correlated() ? eta[model.shapes()] : 0;
        final SubjectCorrelation correlation = model.structure().at(psi, model.maxRows());
        final double[] beta = estimate.atMinimum().beta();
        final double root = Math.exp(estimate.logScale() / 2);
        final double[] row = new double[p + 1 + q];
        final double[] block = new double[model.maxRows() * (q + 1)];
        for (int subject = 0; subject < data.subjects(); subject++) {
            final int start = data.starts()[subject];
            final int n = data.starts()[subject + 1] - start;
            for (int i = 0; i < n; i++) {
                data.row(start + i, row);
                final double scale = 1 / residual.relativeDeviation(eta, start + i);
                double deviation = row[p];
                for (int k = 0; k < p; k++) {
                    deviation -= row[k] * beta[k];
                }
                block[i * (q + 1) + q] = scale * deviation / root;
                for (int j = 0; j < q; j++) {
                    block[i * (q + 1) + j] = scale * row[p + 1 + j];
                }
            }
            correlation.prepare(residual.gaps(), start, n);
            correlation.whiten(block, q + 1);
            filter(block, n, q, start);
        }
    }

    /** State b with mean m and covariance F F' (relative to s); observations z'b + e, Var(e) = 1. */
    private void filter(final double[] block, final int n, final int q, final int start) {
        final double[] f = estimate.relativeFactor();
        final double[] mean = new double[q];
        final double[] g = new double[q];
        final double[] gain = new double[q];
        for (int i = 0; i < n; i++) {
            final int at = i * (q + 1);
            double error = block[at + q];
            double variance = 1;
            for (int j = 0; j < q; j++) {
                error -= block[at + j] * mean[j];
                g[j] = 0;
                for (int k = 0; k < q; k++) {
                    g[j] += f[k * q + j] * block[at + k];
                }
                variance += g[j] * g[j];
            }
            normalized[start + i] = error / Math.sqrt(variance);
            for (int j = 0; j < q; j++) {
                gain[j] = 0;
                for (int k = 0; k < q; k++) {
                    gain[j] += f[j * q + k] * g[k];
                }
            }
            final double shrink = 1 / (variance + Math.sqrt(variance));
            for (int j = 0; j < q; j++) {
                mean[j] += gain[j] * error / variance;
                for (int k = 0; k < q; k++) {
                    f[j * q + k] -= shrink * gain[j] * g[k];
                }
            }
        }
    }

    /**
     * @return number of rows of the table
     */
    public int rows() {
        return place.length;
    }

    /**
     * @param row row of the table
     * @return what the model says about it: all of a fitted row; only predictions where the response alone is missing,
     *         with random effects 0 for a subject without fitted rows; nothing for other rows
     */
    public FittedRow row(final int row) {
        if (place[row] < 0 && !predicted[row]) {
            return FittedRow.MISSING;
        }
        final double[] w = new double[gamma.length];
        data.design().fixed().basisRow(row, w);
        double marginal = 0;
        for (int k = 0; k < gamma.length; k++) {
            marginal += w[k] * gamma[k];
        }
        double conditional = marginal;
        final int subject = data.subject().code(row);
        if (data.random() != null && subject >= 0) {
            final double[] z = new double[data.random().size()];
            data.random().row(row, z);
            for (int j = 0; j < z.length; j++) {
                conditional += z[j] * blups[subject * z.length + j];
            }
        }
        if (place[row] < 0) {
            return unit.back(new FittedRow(marginal, conditional, Double.NaN, Double.NaN, Double.NaN));
        }
        final double rest = data.design().response(row) - conditional;
        final double deviation = estimate.unit() * Math.exp(estimate.logScale() / 2)
            * residual.relativeDeviation(estimate.eta(), place[row]);
        return unit.back(new FittedRow(marginal, conditional, rest,
            residual.vanishes(estimate.eta(), place[row]) ? Double.NaN : rest / deviation, normalized[place[row]]));
    }
}
