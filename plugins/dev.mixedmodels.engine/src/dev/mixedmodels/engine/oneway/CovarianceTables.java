package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The tables Covariance parameters and Covariance matrices. */
final class CovarianceTables {
    static final int LARGEST_V = 12;
    private static final String SIGMA2 = "Var((Intercept))";
    private static final String TAU2 = "Var(Residual)";

    private CovarianceTables() {
    }

    static List<CovarianceParameterRow> parameters(final OneWayFit fit) {
        final double share = fit.negative() ? Double.NaN : fit.estimates().intraclassCorrelation();
        return List.of(
            row(fit, fit.settings().group(), SIGMA2, 0, fit.sigma2(), fit.bounds().sigma2(), share),
            row(fit, "Residual", TAU2, 1, fit.tau2(), fit.bounds().tau2(),
                fit.negative() ? Double.NaN : fit.estimates().tau2() / fit.estimates().total()));
    }

    private static CovarianceParameterRow row(final OneWayFit fit, final String group, final String parameter,
        final int index, final double estimate, final ProfileBounds bounds, final double share) {
        final double stdError = Math.sqrt(fit.estimates().covariance()[index][index]) * fit.square();
        return new CovarianceParameterRow(group, parameter, estimate, stdError, bounds.lower() * fit.square(),
            bounds.upper() * fit.square(), estimate < 0 ? Double.NaN : Math.sqrt(estimate), Double.NaN, share,
            index == 0 && fit.estimates().boundary());
    }

    static List<CovarianceEntryRow> matrices(final OneWayFit fit) {
        final List<CovarianceEntryRow> entries = new ArrayList<>();
        final String group = fit.settings().group();
        entries.addAll(CovarianceEntryRow.of("D", group, List.of("(Intercept)"), new double[][] {{fit.sigma2()}}));
        final int largest = largestGroup(fit.data());
        final int rows = (int) Math.min(LARGEST_V, fit.data().statistics().n(largest));
        entries.addAll(CovarianceEntryRow.of("V", fit.data().levels().get(largest),
            IntStream.rangeClosed(1, rows).mapToObj(Integer::toString).toList(), marginal(fit, rows)));
        final double variance = fit.mean().stdError() * fit.mean().stdError();
        entries.addAll(CovarianceEntryRow.of("Fixed effects", "", List.of("(Intercept)"),
            new double[][] {{variance}}));
        entries.addAll(CovarianceEntryRow.of("Covariance parameters", "", List.of(group + ": " + SIGMA2, TAU2),
            parameterCovariance(fit)));
        return Collections.unmodifiableList(entries);
    }

    private static double[][] marginal(final OneWayFit fit, final int rows) {
        final double[][] v = new double[rows][rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                v[i][j] = fit.sigma2() + (i == j ? fit.tau2() : 0);
            }
        }
        return v;
    }

    /** In the response's unit to the fourth power, which may not be representable. */
    private static double[][] parameterCovariance(final OneWayFit fit) {
        final double[][] covariance = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                final double entry = fit.estimates().covariance()[i][j] * fit.square() * fit.square();
                covariance[i][j] = Double.isFinite(entry) ? entry : Double.NaN;
            }
        }
        return covariance;
    }

    /** The first of the largest groups in the order of the tables. */
    static int largestGroup(final GroupedData data) {
        int largest = -1;
        for (final int g : data.order()) {
            if (g < data.statistics().groups()
                && (largest < 0 || data.statistics().n(g) > data.statistics().n(largest))) {
                largest = g;
            }
        }
        return largest;
    }
}
