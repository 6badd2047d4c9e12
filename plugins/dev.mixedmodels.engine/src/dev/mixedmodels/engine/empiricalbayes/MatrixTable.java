package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.BinaryUnit;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Table of covariance matrices: {@code Posterior} of the thetas (up to 200 units), {@code Prior} of the estimated eta
 * as it enters the first-order correction, {@code Fixed effects} of the reported coefficients, {@code Covariance
 * parameters} of tau2 or the overdispersion.
 */
final class MatrixTable {
    static final int MAX_UNITS = 200;

    private MatrixTable() {
    }

    static List<CovarianceEntryRow> of(final ObservedUnits observed, final PriorEstimate prior,
        final Uncertainty uncertainty, final double[][] coefficients, final Coordinates coordinates) {
        final Units units = observed.units();
        final CompoundModel model = observed.model();
        final List<CovarianceEntryRow> entries = new ArrayList<>();
        final int k = model.units();
        if (k <= MAX_UNITS) {
            final double[][] posterior = new double[k][k];
            final List<String> names = new ArrayList<>();
            for (int i = 0; i < k; i++) {
                names.add(units.labels().apply(observed.rows().row(i)));
                posterior[i][i] = uncertainty.variance(i);
                for (int j = 0; j < i; j++) {
                    posterior[i][j] = uncertainty.covariance(i, j);
                    posterior[j][i] = posterior[i][j];
                }
            }
            entries.addAll(CovarianceEntryRow.of("Posterior", units.name(), names, posterior,
                x -> coordinates.restore(x, 2)));
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
        // all coefficients are linear in those of the coordinates, and eta is these with the variance behind them
        final double[][] l = new double[last + 1][last + 1];
        final BinaryUnit[] measures = new BinaryUnit[last + 1];
        for (int j = 0; j < last; j++) {
            l[j] = Arrays.copyOf(coordinates.coefficient(j), last + 1);
            measures[j] = coordinates.unit(j);
        }
        l[last][last] = 1;
        final boolean counts = model instanceof CountModel;
        measures[last] = counts ? BinaryUnit.ONE : new BinaryUnit(2 * coordinates.theta().exponent());
        add(entries, "Prior", names, Matrices.sandwich(l, prior.covariance()), measures);
        final double[][] coefficientRows = new double[last][];
        Arrays.setAll(coefficientRows, j -> Arrays.copyOf(l[j], last));
        add(entries, "Fixed effects", names.subList(0, last), Matrices.sandwich(coefficientRows, coefficients),
            measures);
        final double variance =
            Double.isNaN(prior.tauVariance()) ? prior.covariance()[last][last] : prior.tauVariance();
        add(entries, "Covariance parameters", names.subList(last, last + 1),
            new double[][] {{prior.onBoundary() ? Double.NaN : variance}}, new BinaryUnit[] {measures[last]});
        return entries;
    }

    /** A matrix whose rows are measured in different units. */
    private static void add(final List<CovarianceEntryRow> entries, final String matrix, final List<String> names,
        final double[][] covariance, final BinaryUnit[] measures) {
        final int n = names.size();
        final List<CovarianceEntryRow> measured = CovarianceEntryRow.of(matrix, "", names, covariance);
        for (int at = 0; at < n * n; at++) {
            final CovarianceEntryRow row = measured.get(at);
            final BinaryUnit product = new BinaryUnit(measures[at / n].exponent() + measures[at % n].exponent());
            entries.add(new CovarianceEntryRow(matrix, "", row.row(), row.column(),
                product.restore(row.covariance(), 1), row.correlation()));
        }
    }
}
