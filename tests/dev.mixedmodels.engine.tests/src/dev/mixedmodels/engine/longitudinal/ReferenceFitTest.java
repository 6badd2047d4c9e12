package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.Golden;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All reference fits of longitudinal models, with the tolerances of the design document (section 5). */
class ReferenceFitTest {
    private static final Map<String, LongitudinalFit> FITS = new ConcurrentHashMap<>();
    private static final Map<String, ModelTables> TABLES = new ConcurrentHashMap<>();

    static Stream<String> all() {
        return Reference.all();
    }

    static Stream<String> lme4() {
        return Reference.LME4.stream();
    }

    static Stream<String> restricted() {
        return Reference.LME4.stream().filter(id -> id.endsWith("_reml"));
    }

    private static LongitudinalFit fit(final String id) {
        return FITS.computeIfAbsent(id, key -> Reference.fit(key,
            Reference.settings(key).withInference(i -> i.withVariances(VarianceIntervals.WALD, true))));
    }

    private static ModelTables tables(final String id) {
        return TABLES.computeIfAbsent(id, key -> fit(key).tables(Progress.NONE, new Warnings()));
    }

    private static void assertNear(final double expected, final double actual, final double relative,
        final double scale) {
        assertEquals(expected, actual, relative * Math.max(Math.abs(expected), scale));
    }

    private static double value(final List<FitStatisticRow> rows, final String statistic) {
        return row(rows, statistic).value();
    }

    private static FitStatisticRow row(final List<FitStatisticRow> rows, final String statistic) {
        return rows.stream().filter(row -> row.statistic().equals(statistic)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("all")
    void likelihoodAndInformationCriteriaAgree(final String id) {
        final Golden golden = Golden.read(id).at("fit");
        final List<FitStatisticRow> rows = tables(id).modelFit();
        assertNear(golden.at("minus2logLik").number(), value(rows, "-2 Log Likelihood"), 1e-9, 1);
        assertNear(golden.at("logLik").number(), value(rows, "Log Likelihood"), 1e-9, 1);
        assertNear(golden.at("AIC").number(), value(rows, "AIC"), 1e-9, 1);
        assertNear(golden.at("BIC_n_obs").number(), value(rows, "BIC"), 1e-9, 1);
        assertEquals(1, value(rows, "Converged"));
        assertEquals(0, value(rows, "Singular"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void fixedEffectsWithSatterthwaiteDegreesOfFreedomAgree(final String id) {
        final List<Golden> expected = Golden.read(id).at("fixed_effects").list();
        final List<FixedEffectRow> rows = tables(id).fixedEffects();
        assertEquals(expected.size(), rows.size());
        for (int k = 0; k < rows.size(); k++) {
            final Golden e = expected.get(k);
            final FixedEffectRow row = rows.get(k);
            assertEquals(e.at("name").text(), row.term());
            assertNear(e.at("estimate").number(), row.estimate(), 1e-6, e.at("se").number());
            assertNear(e.at("se").number(), row.stdError(), 1e-5, 0);
            assertNear(e.at("satterthwaite", "df").number(), row.df(), 1e-3, 0);
            assertEquals(Math.log(e.at("satterthwaite", "p").number()), Math.log(row.pValue()), 0.05);
            final double[] bounds = e.at("satterthwaite", "ci95").numbers();
            assertNear(bounds[0], row.lower(), 1e-4, e.at("se").number());
            assertNear(bounds[1], row.upper(), 1e-4, e.at("se").number());
        }
    }

    @ParameterizedTest
    @MethodSource("restricted")
    void kenwardRogerAgreesWithPbkrtest(final String id) {
        final Golden golden = Golden.read(id);
        final List<Golden> expected = golden.at("fixed_effects").list();
        final LongitudinalSettings settings = Reference.settings(id)
            .withInference(i -> i.withDf(DfMethod.KENWARD_ROGER).withVariances(VarianceIntervals.NONE, false));
        final ModelTables tables = Reference.fit(id, settings).tables(Progress.NONE, new Warnings());
        final double[][] covariance = golden.at("vcov_fixed_kenward_roger", "values").matrix();
        final List<CovarianceEntryRow> entries = entries(tables, "Fixed effects");
        for (int k = 0; k < expected.size(); k++) {
            final Golden e = expected.get(k).at("kenward_roger");
            final FixedEffectRow row = tables.fixedEffects().get(k);
            assertNear(e.at("se").number(), row.stdError(), 1e-5, 0);
            assertNear(e.at("df").number(), row.df(), 1e-3, 0);
            for (int l = 0; l < expected.size(); l++) {
                assertEquals(covariance[k][l], entries.get(k * expected.size() + l).covariance(),
                    1e-6 * Math.sqrt(covariance[k][k] * covariance[l][l]));
            }
        }
        for (final Golden test : golden.at("tests_fixed_terms", "type3_kenward_roger").list()) {
            assertTest(test, row(tables.modelFit(), "Fixed " + test.at("term").text()));
        }
    }

    @ParameterizedTest
    @MethodSource("lme4")
    void typeThreeTestsAgreeWithLmerTest(final String id) {
        for (final Golden test : Golden.read(id).at("tests_fixed_terms", "type3_satterthwaite").list()) {
            assertTest(test, row(tables(id).modelFit(), "Fixed " + test.at("term").text()));
        }
    }

    private static void assertTest(final Golden expected, final FitStatisticRow actual) {
        assertNear(expected.at("F").number(), actual.value(), 1e-5, 0);
        assertEquals(expected.at("num_df").number(), actual.numDf());
        assertNear(expected.at("den_df").number(), actual.denDf(), 1e-3, 0);
        assertEquals(Math.log(expected.at("p").number()), Math.log(actual.pValue()), 0.05);
    }

    private static List<CovarianceEntryRow> entries(final ModelTables tables, final String matrix) {
        return Stream.iterate(tables.covarianceMatrices().iterator(), i -> i.hasNext(), i -> i)
            .map(java.util.Iterator::next).filter(row -> row.matrix().equals(matrix)).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void covarianceParametersAndTheirStandardErrorsAgree(final String id) {
        final Golden golden = Golden.read(id);
        final boolean lme4 = golden.has("variance_parameters_asymptotic");
        final Golden parameters =
            golden.at(lme4 ? "variance_parameters_asymptotic" : "covariance_parameters");
        final double[] estimates = parameters.at("estimate").numbers();
        final double[] errors = parameters.at(lme4 ? "se" : "se_observed_information").numbers();
        final double[][] covariance = parameters.at(lme4 ? "covariance" : "asymptotic_covariance").matrix();
        final List<CovarianceParameterRow> rows = tables(id).covarianceParameters().stream()
            .filter(row -> !row.parameter().startsWith("Corr")).toList();
        final List<CovarianceEntryRow> entries = entries(tables(id), "Covariance parameters");
        assertEquals(estimates.length, rows.size());
        for (int k = 0; k < estimates.length; k++) {
            assertNear(estimates[k], rows.get(k).estimate(), 1e-6, errors[k]);
            assertNear(errors[k], rows.get(k).stdError(), 1e-5, 0);
            for (int l = 0; l < estimates.length; l++) {
                assertEquals(covariance[k][l], entries.get(k * estimates.length + l).covariance(),
                    2e-5 * errors[k] * errors[l]); // products of two standard errors good to 1e-5
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void predictionsOfSubjectsAgree(final String id) {
        final Golden golden = Golden.read(id);
        if (!golden.has("random_effects")) {
            return;
        }
        final Golden outer = golden.at("random_effects");
        final Golden expected = outer.has("levels") ? outer : outer.at(outer.keys().get(0));
        final List<Golden> levels = expected.at("levels").list();
        final List<Golden> blups = expected.at("blup").list();
        final List<Golden> conditional = expected.at("conditional_variance").list();
        final List<Golden> prediction = expected.at("prediction_error_variance").list();
        final int q = expected.at("terms").list().size();
        final Map<String, BlupRow> rows = new ConcurrentHashMap<>();
        tables(id).blups().forEach(row -> rows.put(row.level() + "|" + row.effect(), row));
        assertEquals(levels.size() * q, rows.size());
        for (int i = 0; i < levels.size(); i++) {
            for (int j = 0; j < q; j++) {
                final BlupRow row = rows.get(levels.get(i).text() + "|" + expected.at("terms").list().get(j).text());
                final double deviation = row.blup() == 0 ? 1 : Math.sqrt(
                    row.conditionalStdDev() * row.conditionalStdDev() / (1 - row.reliability()));
                assertNear(blups.get(i).numbers()[j], row.blup(), 1e-5, deviation);
                assertNear(Math.sqrt(variance(conditional.get(i), j, q)), row.conditionalStdDev(), 1e-5, 0);
                assertNear(Math.sqrt(variance(prediction.get(i), j, q)), row.stdError(), 1e-5, 0);
            }
        }
    }

    private static double variance(final Golden matrix, final int j, final int q) {
        return q == 1 ? matrix.list().get(0).numbers()[0] : matrix.list().get(j).numbers()[j];
    }

    @ParameterizedTest
    @MethodSource("all")
    void fittedValuesAgree(final String id) {
        final Golden golden = Golden.read(id);
        final IntFunction<FittedRow> fitted = FitFigures.fittedValues(fit(id));
        final boolean conditional = golden.has("fitted_first10");
        final double[] marginals = golden.at("marginal_fitted_first10").numbers();
        for (int i = 0; i < 10; i++) {
            final FittedRow row = fitted.apply(i);
            assertNear(marginals[i], row.marginal(), 1e-6, 0);
            if (conditional) {
                assertNear(golden.at("fitted_first10").numbers()[i], row.conditional(), 1e-6, 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lme4")
    void naiveColumnsAndTheTestOfAllRandomTermsAgree(final String id) {
        final Golden ols = Golden.read(id).at("ols");
        final List<FixedEffectRow> rows = tables(id).fixedEffects();
        for (int k = 0; k < rows.size(); k++) {
            final Golden e = ols.at("fixed").list().get(k);
            assertNear(e.at("estimate").number(), rows.get(k).naiveEstimate(), 1e-10, 0);
            assertNear(e.at("se").number(), rows.get(k).naiveStdError(), 1e-10, 0);
            final double ratio = ols.at("se_ratio_mixed_to_ols").numbers()[k];
            assertNear(ratio * ratio, rows.get(k).designEffect(), 1e-5, 0);
        }
        assertNear(ols.at("lr_all_random_terms", "statistic").number(),
            value(tables(id).modelFit(), "All random terms"), 1e-7, 1);
    }

    @Test
    void slopeTestHasTheMixtureOfStramAndLee() {
        for (final String id : List.of("long_sleep_rs_reml", "long_sleep_rs_ml")) {
            final Golden golden = Golden.read(id).at("lr_vs_random_intercept");
            final FitStatisticRow row = row(tables(id).modelFit(), "Random Subject: Days");
            assertNear(golden.at("statistic").number(), row.value(), 1e-7, 1);
            assertNear(golden.at("p_mixture_chi1_chi2").number(), row.pValue(), 1e-6, 0);
        }
    }

    @Test
    void varianceOfTheMeanIsThatOfTheReference() {
        for (final String id : List.of("long_sleep_rs_reml", "long_bodyweight_rs_ml", "long_orthodont_rs_reml")) {
            final double[] parameters = FitFigures.covarianceParameters(fit(id));
            final double marginal = value(tables(id).modelFit(), "R2 Marginal");
            final double conditional = value(tables(id).modelFit(), "R2 Conditional");
            // residual / total and fixed / total from the two shares
            final double residual = parameters[parameters.length - 1];
            final double fixed = Golden.read(id).at("fixed_part_variance").number();
            assertNear(fixed / residual, marginal / (1 - conditional), 1e-5, 0);
            assertTrue(marginal < conditional);
        }
    }

    /** lme4 profiles the ML deviance, so only ML fits have the same intervals. */
    @Test
    void profileIntervalsOfMaximumLikelihoodFitsAgree() {
        for (final String id : List.of("long_sleep_ri_ml", "long_sleep_rs_ml", "long_sleep_rsu_ml",
            "long_orthodont_ri_ml", "long_orthodont_rs_ml", "long_orthodont_rsc_ml")) {
            final Golden profile = Golden.read(id).at("profile_ci95");
            final LongitudinalSettings settings = Reference.settings(id)
                .withInference(i -> i.withVariances(VarianceIntervals.PROFILE, false));
            final List<CovarianceParameterRow> rows =
                Reference.fit(id, settings).tables(Progress.NONE, new Warnings()).covarianceParameters();
            final List<Golden> names = profile.at("parameters").list();
            final double[] lower = profile.at("lower").numbers();
            final double[] upper = profile.at("upper").numbers();
            for (int k = 0; k < names.size(); k++) {
                final String name = names.get(k).text();
                final String effect = name.replaceAll("^(sd_|cor_)|\\|.*", "");
                final String ours = name.startsWith("sd_") ? "Var(" + effect + ")" : name.equals("sigma")
                    ? "Var(Residual)" : name.startsWith("cor_")
                        ? "Corr(" + effect.replaceAll("(.*)\\.(\\(Intercept\\))", "$2, $1") + ")" : "";
                final boolean square = !name.startsWith("cor_");
                rows.stream().filter(row -> row.parameter().equals(ours)).forEach(row -> {
                    final int index = names.indexOf(names.get(names.size() > 0 ? indexOf(names, name) : 0));
                    check(id + " " + name, lower[index], square ? Math.sqrt(row.lower()) : row.lower());
                    check(id + " " + name, upper[index], square ? Math.sqrt(row.upper()) : row.upper());
                });
            }
        }
    }

    private static int indexOf(final List<Golden> names, final String name) {
        for (int k = 0; k < names.size(); k++) {
            if (names.get(k).text().equals(name)) {
                return k;
            }
        }
        return -1;
    }

    private static void check(final String what, final double expected, final double actual) {
        if (!Double.isNaN(expected)) {
            assertEquals(expected, actual, 1e-4 * Math.max(Math.abs(expected), 1), what);
        }
    }
}
