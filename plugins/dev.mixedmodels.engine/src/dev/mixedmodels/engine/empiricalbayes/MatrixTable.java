package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.result.CovarianceEntryRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Table of covariance matrices: {@code Posterior} of the thetas (up to 200 units), {@code Prior} of the estimated eta
 * as it enters the first-order correction, {@code Fixed effects} of the reported coefficients, {@code Covariance
 * parameters} of tau2 or the overdispersion.
 */
final class MatrixTable {
    private static final int MAX_UNITS = 200;

    private MatrixTable() {
    }

    static List<CovarianceEntryRow> of(final Units units, final int[] rows, final CompoundModel model,
        final PriorEstimate prior, final Uncertainty uncertainty, final double[][] coefficients) {
        final List<CovarianceEntryRow> entries = new ArrayList<>();
        final int k = model.units();
        if (k <= MAX_UNITS) {
            final double[][] posterior = new double[k][k];
            final List<String> names = new ArrayList<>();
            for (int i = 0; i < k; i++) {
                names.add(units.labels().apply(rows[i]));
                posterior[i][i] = uncertainty.variance(i);
                for (int j = 0; j < i; j++) {
                    posterior[i][j] = uncertainty.covariance(i, j);
                    posterior[j][i] = posterior[i][j];
                }
            }
            entries.addAll(CovarianceEntryRow.of("Posterior", units.name(), names, posterior));
        }
        if (prior.covariance() == null) {
            return entries;
        }
        final int last = prior.eta().length - 1;
        final List<String> names = new ArrayList<>();
        if (model instanceof CountModel) {
            names.add(units.mean().terms().get(0));
            names.add(CountParameter.OVERDISPERSION.label());
        } else {
            names.addAll(last == 0 ? List.of() : units.mean().names());
            names.add(CountParameter.TAU2.label());
        }
        entries.addAll(CovarianceEntryRow.of("Prior", "", names, prior.covariance()));
        entries.addAll(CovarianceEntryRow.of("Fixed effects", "", names.subList(0, last), coefficients));
        final double variance =
            Double.isNaN(prior.tauVariance()) ? prior.covariance()[last][last] : prior.tauVariance();
        entries.addAll(CovarianceEntryRow.of("Covariance parameters", "", names.subList(last, last + 1),
            new double[][] {{prior.onBoundary() ? Double.NaN : variance}}));
        return entries;
    }
}
