package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.marginal.MarginalSettings.DfMethod;
import dev.mixedmodels.engine.marginal.MarginalSettings.FixedCovariance;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.testing.Golden;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * All reference fits marg_* (a dense likelihood in R, nlme and mmrm) within the project's tolerances. Toeplitz on
 * BodyWeight is nearly singular, and its reference good for the likelihood and the mean only.
 */
class MarginalGoldenTest {
    private static final double ESTIMATE = 1e-6;
    private static final double STD_ERROR = 1e-5;
    private static final double DF = 1e-3;
    private static final double LOG_P = 0.05;

    private static List<DynamicTest> forAll(final Predicate<Reference> which, final Consumer<Reference> check) {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final Reference reference : Reference.all()) {
            if (which.test(reference)) {
                tests.add(DynamicTest.dynamicTest(reference.id(), () -> check.accept(reference)));
            }
        }
        return tests;
    }

    private static boolean wellDetermined(final Reference reference) {
        return !reference.id().startsWith("marg_bodyweight_toep");
    }

    private static boolean hasMmrm(final Reference reference) {
        return reference.golden().has("mmrm");
    }

    private static MarginalFit fit(final Reference reference) {
        return reference.fit(DfMethod.SATTERTHWAITE, FixedCovariance.MODEL);
    }

    private static double statistic(final MarginalFit fit, final String name) {
        return fit.tables().modelFit().stream().filter(row -> row.statistic().equals(name)).findFirst().orElseThrow()
            .value();
    }

    private static void relative(final double expected, final double actual, final double tolerance,
        final String what) {
        assertEquals(expected, actual, tolerance * Math.abs(expected), what);
    }

    private static void pValue(final double expected, final double actual, final String what) {
        assertEquals(Math.log(expected), Math.log(actual), LOG_P, what);
    }

    @TestFactory
    List<DynamicTest> likelihoodAndInformationCriteria() {
        return forAll(r -> true, reference -> {
            final MarginalFit fit = fit(reference);
            final Golden expected = reference.golden().at("fit");
            relative(expected.at("minus2logLik").number(), statistic(fit, "-2 Log Likelihood"), 1e-9, "-2 logLik");
            relative(expected.at("AIC").number(), statistic(fit, "AIC"), 1e-9, "AIC");
            relative(expected.at("BIC_n_obs").number(), statistic(fit, "BIC"), 1e-9, "BIC");
            assertEquals(1, statistic(fit, "Converged"));
            assertEquals(0, statistic(fit, "Singular"));
        });
    }

    @TestFactory
    List<DynamicTest> fixedEffectsWithSatterthwaite() {
        return forAll(r -> true, reference -> {
            final List<FixedEffectRow> rows = fit(reference).tables().fixedEffects();
            final List<Golden> expected = reference.golden().at("fixed_effects").list();
            assertEquals(expected.size(), rows.size());
            for (int i = 0; i < rows.size(); i++) {
                final FixedEffectRow row = rows.get(i);
                final Golden e = expected.get(i);
                assertEquals(e.at("name").text(), row.term());
                assertEquals(e.at("estimate").number(), row.estimate(), ESTIMATE * e.at("se").number(), row.term());
                relative(e.at("se").number(), row.stdError(), STD_ERROR, row.term());
                if (wellDetermined(reference)) {
                    final Golden s = e.at("satterthwaite");
                    relative(s.at("df").number(), row.df(), DF, row.term());
                    pValue(s.at("p").number(), row.pValue(), row.term());
                    assertEquals(s.at("ci95").numbers()[0], row.lower(), 1e-3 * row.stdError());
                    assertEquals(s.at("ci95").numbers()[1], row.upper(), 1e-3 * row.stdError());
                }
            }
        });
    }

    @TestFactory
    List<DynamicTest> covarianceOfFixedEffects() {
        return forAll(r -> true, reference -> compare(reference.golden().at("vcov_fixed", "values").matrix(),
            fit(reference).tables().covarianceMatrices(), "Fixed effects", STD_ERROR));
    }

    @TestFactory
    List<DynamicTest> covarianceMatrixOfTheVisits() {
        return forAll(r -> r.golden().has("covariance_matrix") && wellDetermined(r), reference -> compare(
            reference.golden().at("covariance_matrix", "values").matrix(),
            fit(reference).tables().covarianceMatrices(), "V", ESTIMATE));
    }

    private static void compare(final double[][] expected, final Iterable<CovarianceEntryRow> rows,
        final String matrix, final double tolerance) {
        final int n = expected.length;
        int entry = 0;
        for (final CovarianceEntryRow row : rows) {
            if (row.matrix().equals(matrix)) {
                final int i = entry / n;
                final int j = entry++ % n;
                assertEquals(expected[i][j], row.covariance(), tolerance * Math.sqrt(expected[i][i] * expected[j][j]),
                    row.row() + ", " + row.column());
            }
        }
        assertEquals(n * n, entry);
    }

    @TestFactory
    List<DynamicTest> covarianceParametersWithStandardErrors() {
        return forAll(MarginalGoldenTest::wellDetermined, reference -> {
            final Golden expected = reference.golden().at("covariance_parameters");
            final double[] estimates = expected.at("estimate").numbers();
            final double[] errors = expected.at("se_observed_information").numbers();
            int k = 0;
            for (final CovarianceParameterRow row : fit(reference).tables().covarianceParameters()) {
                if (!row.parameter().matches("Corr.*|c|gamma")) {
                    assertEquals(estimates[k], row.estimate(), Math.max(ESTIMATE * errors[k],
                        ESTIMATE * Math.abs(estimates[k])), row.parameter());
                    relative(errors[k], row.stdError(), STD_ERROR, row.parameter());
                    k++;
                }
            }
            assertEquals(estimates.length, k);
        });
    }

    @TestFactory
    List<DynamicTest> kenwardRoger() {
        final Predicate<Reference> which = r -> r.golden().at("fixed_effects").list().get(0).has("kenward_roger");
        return forAll(which, reference -> {
            for (final DfMethod method : List.of(DfMethod.KENWARD_ROGER, DfMethod.KENWARD_ROGER_LINEAR)) {
                final MarginalFit fit = reference.fit(method, FixedCovariance.MODEL);
                final List<Golden> expected = reference.golden().at("fixed_effects").list();
                for (int i = 0; i < expected.size(); i++) {
                    final FixedEffectRow row = fit.tables().fixedEffects().get(i);
                    final Golden e = expected.get(i).at(method.name().toLowerCase(Locale.ROOT));
                    relative(e.at("se").number(), row.stdError(), STD_ERROR, row.term());
                    relative(e.at("df").number(), row.df(), DF, row.term());
                    pValue(e.at("p").number(), row.pValue(), row.term());
                }
            }
        });
    }

    /** Joint tests of a term's coefficients are type III for terms that no other term contains. */
    @TestFactory
    List<DynamicTest> typeThreeTestsOfTermsNotContainedInAnother() {
        return forAll(MarginalGoldenTest::hasMmrm, reference -> {
            final Golden tests = reference.golden().at("mmrm", "tests_coefficient_blocks");
            for (final DfMethod method : List.of(DfMethod.SATTERTHWAITE, DfMethod.KENWARD_ROGER,
                DfMethod.KENWARD_ROGER_LINEAR)) {
                final String key = method.name().toLowerCase(Locale.ROOT);
                if (!tests.has(key)) {
                    continue;
                }
                final Map<String, FitStatisticRow> rows = new HashMap<>();
                reference.fit(method, FixedCovariance.MODEL).tables().modelFit()
                    .forEach(row -> rows.put(row.statistic(), row));
                for (final Golden test : tests.at(key).list()) {
                    final String term = test.at("term").text();
                    final boolean contained = tests.at(key).list().stream().map(t -> t.at("term").text())
                        .anyMatch(t -> !t.equals(term) && List.of(t.split(":")).contains(term));
                    if (!contained) {
                        final FitStatisticRow row = rows.get("Fixed " + term);
                        relative(test.at("F").number(), row.value(), STD_ERROR, term);
                        assertEquals(test.at("num_df").number(), row.numDf(), term);
                        relative(test.at("den_df").number(), row.denDf(), DF, term);
                        pValue(test.at("p").number(), row.pValue(), term);
                    }
                }
            }
        });
    }

    @TestFactory
    List<DynamicTest> sandwichStandardErrorsAndTheirDf() {
        final Map<FixedCovariance, String> names = Map.of(FixedCovariance.CR0, "Empirical", FixedCovariance.CR2,
            "Empirical-Bias-Reduced", FixedCovariance.CR3, "Empirical-Jackknife");
        return forAll(MarginalGoldenTest::hasMmrm, reference -> names.forEach((kind, name) -> {
            final List<FixedEffectRow> rows =
                reference.fit(DfMethod.SATTERTHWAITE, kind).tables().fixedEffects();
            final Golden expected = reference.golden().at("mmrm", "empirical_se", name);
            for (int i = 0; i < rows.size(); i++) {
                relative(expected.at("se").numbers()[i], rows.get(i).stdError(), STD_ERROR, kind + rows.get(i).term());
                relative(expected.at("df").numbers()[i], rows.get(i).df(), DF, kind + rows.get(i).term());
            }
        }));
    }

    @TestFactory
    List<DynamicTest> betweenWithinDegreesOfFreedom() {
        return forAll(MarginalGoldenTest::hasMmrm, reference -> {
            final double[] expected = reference.golden().at("mmrm", "between_within_df").numbers();
            final List<FixedEffectRow> rows =
                reference.fit(DfMethod.BETWEEN_WITHIN, FixedCovariance.MODEL).tables().fixedEffects();
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], rows.get(i).df(), rows.get(i).term());
            }
        });
    }

    @TestFactory
    List<DynamicTest> leastSquaresMeansByVisitAndArmAndTheirDifferences() {
        final Map<DfMethod, String> keys = Map.of(DfMethod.SATTERTHWAITE, "ls_means_satterthwaite",
            DfMethod.KENWARD_ROGER, "ls_means_kenward_roger",
            DfMethod.KENWARD_ROGER_LINEAR, "ls_means_kenward_roger_linear");
        return forAll(r -> hasMmrm(r) && r.golden().at("mmrm").has("ls_means_satterthwaite"),
            reference -> keys.forEach((method, key) -> {
                if (!reference.golden().at("mmrm").has(key)) {
                    return;
                }
                final Map<String, MeansRow> rows = new HashMap<>();
                reference.fit(method, FixedCovariance.MODEL).tables().means()
                    .forEach(row -> rows.put(row.level() + row.against() + row.at(), row));
                final Golden expected = reference.golden().at("mmrm", key);
                for (final Golden mean : expected.at("means").list()) {
                    final MeansRow row = rows.get(mean.at("arm").text() + "visit = " + mean.at("visit").text());
                    compare(mean, mean.at("emmean").number(), row, 1);
                }
                for (final Golden difference : expected.at("contrasts").list()) {
                    // emmeans: act - pbo; here the first level less the second
                    final MeansRow row = rows.get("pboactvisit = " + difference.at("visit").text());
                    compare(difference, difference.at("estimate").number(), row, -1);
                }
            }));
    }

    private static void compare(final Golden expected, final double estimate, final MeansRow row, final int sign) {
        assertEquals(estimate, sign * row.estimate(), ESTIMATE * row.stdError());
        relative(expected.at("SE").number(), row.stdError(), STD_ERROR, row.level());
        relative(expected.at("df").number(), row.df(), DF, row.level());
        pValue(expected.at("p.value").number(), row.pValue(), row.level());
    }

    /** mmrm's standard error is that of the conditional mean: error variance less conditional variance. */
    @TestFactory
    List<DynamicTest> conditionalPredictionsOfUnobservedVisits() {
        return forAll(r -> hasMmrm(r) && r.golden().at("mmrm").has("conditional_prediction_of_missing"), reference -> {
            final Golden expected = reference.golden().at("mmrm", "conditional_prediction_of_missing");
            final Frame frame = reference.frame();
            final MarginalFit fit = fit(reference);
            final Map<String, BlupRow> rows = new HashMap<>();
            fit.tables().blups().forEach(row -> rows.put(row.level() + "/" + row.effect(), row));
            final double[] row1 = expected.at("row_1_based").numbers();
            for (int i = 0; i < row1.length; i++) {
                final int row = (int) row1[i] - 1;
                final String subject = ((NominalColumn) frame.column("subject")).text(row);
                final BlupRow blup = rows.get(subject + "/" + (int) frame.column("visit").value(row));
                assertEquals(expected.at("fit").numbers()[i], blup.blup(), 1e-5 * blup.conditionalStdDev());
                assertEquals(expected.at("fit").numbers()[i], fit.fittedValues().apply(row).conditional(),
                    1e-5 * blup.conditionalStdDev());
                relative(expected.at("se").numbers()[i], Math.sqrt(Math.pow(blup.stdError(), 2)
                    - Math.pow(blup.conditionalStdDev(), 2)), STD_ERROR, "row " + row);
            }
        });
    }

    @TestFactory
    List<DynamicTest> fittedValuesAndResiduals() {
        return forAll(r -> true, reference -> {
            final MarginalFit fit = fit(reference);
            final Frame frame = reference.frame();
            final boolean mmrm = hasMmrm(reference) && !reference.structure().overTime();
            final double scale = fit.tables().fixedEffects().get(0).stdError();
            final String response = reference.golden().at("model", "r_formula").text().split(" ")[0];
            final double[] marginal = reference.golden().at("fitted_first10").numbers();
            final double[] residuals = reference.golden().at("residuals_first10").numbers();
            int used = 0;
            for (int row = 0; used < marginal.length; row++) {
                if (!frame.column(response).missing(row)) {
                    assertEquals(marginal[used], fit.fittedValues().apply(row).marginal(), ESTIMATE * scale);
                    assertEquals(residuals[used], fit.fittedValues().apply(row).residual(), ESTIMATE * scale);
                    used++;
                }
            }
            if (mmrm) {
                residuals(reference, frame, fit, scale);
            }
        });
    }

    /** mmrm sorts rows by subject and visit, subjects in the order of their names. */
    private static void residuals(final Reference reference, final Frame frame, final MarginalFit fit,
        final double scale) {
        final Golden expected = reference.golden().at("mmrm", "residuals_first10");
        final double[] response = expected.at("response").numbers();
        for (int i = 0; i < response.length; i++) {
            int found = 0;
            for (int row = 0; row < frame.rows(); row++) {
                if (Math.abs(fit.fittedValues().apply(row).residual() - response[i]) < ESTIMATE * scale) {
                    found += Math.abs(fit.fittedValues().apply(row).pearson() - expected.at("pearson").numbers()[i])
                        < STD_ERROR && Math.abs(fit.fittedValues().apply(row).normalized()
                            - expected.at("normalized").numbers()[i]) < STD_ERROR ? 1 : 0;
                }
            }
            assertEquals(1, Math.min(1, found), "residual " + i);
        }
    }
}
