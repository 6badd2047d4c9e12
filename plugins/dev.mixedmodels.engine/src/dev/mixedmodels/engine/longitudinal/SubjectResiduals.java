package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.covariance.SubjectCorrelation;
import dev.mixedmodels.engine.fit.ResidualModel;
import dev.mixedmodels.engine.report.Whitening;
import java.util.Arrays;

/**
 * Residuals of the fitted rows, by row of the table. Normalised residuals are L^-1 (y_i - X_i beta) with V_i = L L'.
 * With U the lower triangular whitening of Sigma, U (y_i - X_i beta) = (U Z_i) b_i + e with independent e. Rows are
 * those multiplied by the roots of their weights, for which L^-1 does not change.
 */
final class SubjectResiduals {
    private final HeldRows data;
    private final ResidualColumns residual;
    private final Estimate estimate;
    private final int[] place;
    private final double[] normalized;

    SubjectResiduals(final HeldRows data, final ResidualColumns residual, final Estimate estimate) {
        this.data = data;
        this.residual = residual;
        this.estimate = estimate;
        place = new int[data.tableRows()];
        Arrays.fill(place, -1);
        for (int i = 0; i < data.size(); i++) {
            place[data.tableRow(i)] = i;
        }
        normalized = new double[data.size()];
        normalize();
    }

    private void normalize() {
        final int q = data.randomEffects()[0];
        final int p = data.fixedEffects();
        final double[] eta = estimate.eta();
        final ResidualModel model = residual.model();
        final SubjectCorrelation correlation = model.at(eta, residual.positions());
        final double[] beta = estimate.atMinimum().beta();
        final double root = Math.exp(estimate.logScale() / 2);
        final double[] row = new double[p + 1 + q];
        final double[] block = new double[model.extent().maxRows() * (q + 1)];
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
            correlation.prepare(residual.positions(), start, n);
            correlation.whiten(block, q + 1);
            final Whitening whitening = new Whitening(estimate.relativeFactor(), q, 1);
            for (int i = 0; i < n; i++) {
                whitening.row(block[i * (q + 1) + q]);
                for (int j = 0; j < q; j++) {
                    whitening.effect(j, block[i * (q + 1) + j]);
                }
                normalized[start + i] = whitening.standardised();
            }
        }
    }

    double normalized(final int row) {
        return normalized[place[row]];
    }

    /** Standard deviation of the residual of a row; NaN if it is 0. */
    double deviation(final int row) {
        return residual.vanishes(estimate.eta(), place[row]) ? Double.NaN : estimate.unit()
            * Math.exp(estimate.logScale() / 2) * residual.relativeDeviation(estimate.eta(), place[row])
            / data.rootWeight(place[row]);
    }
}
