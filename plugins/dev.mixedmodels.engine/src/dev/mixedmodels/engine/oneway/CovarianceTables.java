package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The tables Covariance parameters and Covariance matrices. */
final class CovarianceTables {
    static final int LARGEST_V = 12;
    static final String SIGMA2 = "Var((Intercept))";
    static final String TAU2 = "Var(Residual)";

    private CovarianceTables() {
    }

    static List<CovarianceParameterRow> parameters(final OneWayFit fit) {
        final double share = fit.negative() ? Double.NaN : fit.estimates().intraclassCorrelation();
        return List.of(
            row(fit, fit.settings().group(), SIGMA2, 0, fit.estimates().sigma2(), fit.bounds().sigma2(), share),
            row(fit, "Residual", TAU2, 1, fit.estimates().tau2(), fit.bounds().tau2(),
                fit.negative() ? Double.NaN : fit.estimates().tau2() / fit.estimates().total()));
    }

    private static CovarianceParameterRow row(final OneWayFit fit, final String group, final String parameter,
        final int index, final double estimate, final ProfileBounds bounds, final double share) {
        final double stdError = Math.sqrt(fit.estimates().covariance()[index][index]);
        return new CovarianceParameterRow(group, parameter, fit.own(estimate, 2), fit.own(stdError, 2),
            fit.own(bounds.lower(), 2), fit.own(bounds.upper(), 2), fit.own(Math.sqrt(estimate), 1), Double.NaN, share,
            index == 0 && fit.estimates().boundary());
    }

    static List<CovarianceEntryRow> matrices(final OneWayFit fit) {
        final List<CovarianceEntryRow> entries = new ArrayList<>();
        final String group = fit.settings().group();
        final VarianceEstimates e = fit.estimates();
        entries.addAll(entries(fit, "D", group, List.of("(Intercept)"), new double[][] {{e.sigma2()}}, 2));
        final int largest = largestGroup(fit);
        final int rows = (int) Math.min(LARGEST_V, fit.data().statistics().n(largest));
        entries.addAll(entries(fit, "V", fit.data().levels().get(largest),
            IntStream.rangeClosed(1, rows).mapToObj(Integer::toString).toList(), marginal(e, rows), 2));
        entries.addAll(entries(fit, "Fixed effects", "", List.of("(Intercept)"),
            new double[][] {{fit.meanVariance()}}, 2));
        entries.addAll(entries(fit, "Covariance parameters", "", List.of(group + ": " + SIGMA2, TAU2),
            e.covariance(), 4));
        return Collections.unmodifiableList(entries);
    }

    private static List<CovarianceEntryRow> entries(final OneWayFit fit, final String matrix, final String block,
        final List<String> names, final double[][] values, final int power) {
        return CovarianceEntryRow.of(matrix, block, names, values, x -> fit.own(x, power));
    }

    /** Of rows of weight 1. */
    private static double[][] marginal(final VarianceEstimates e, final int rows) {
        final double[][] v = new double[rows][rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                v[i][j] = e.sigma2() + (i == j ? e.tau2() : 0);
            }
        }
        return v;
    }

    /** The first of the largest groups in the order of the tables. */
    static int largestGroup(final OneWayFit fit) {
        final GroupStatistics statistics = fit.data().statistics();
        return Arrays.stream(fit.data().order())
            .filter(g -> g < statistics.groups() && statistics.n(g) == fit.anova().mostRows()).findFirst()
            .orElseThrow();
    }
}
