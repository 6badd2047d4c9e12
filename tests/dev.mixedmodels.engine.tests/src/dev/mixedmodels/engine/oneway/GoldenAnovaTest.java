package dev.mixedmodels.engine.oneway;

import static dev.mixedmodels.engine.oneway.Fixtures.assertRelative;
import static dev.mixedmodels.engine.oneway.Fixtures.statistic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.Golden;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The method of moments against closed forms computed with R. */
class GoldenAnovaTest {
    /** The references have 15 digits; R's quantiles of F and chi-square about 12. */
    private static final double DIGITS = 1e-10;

    private Golden golden;
    private RandomInterceptFit fit;
    private Rows rows;

    @ParameterizedTest
    @ValueSource(strings = {"dyestuff", "dyestuff2", "pastes_batch", "pastes_unbalanced"})
    void agreesWithTheClosedForms(final String name) {
        golden = Golden.read("oneway_" + name + "_reml").at("anova_method_of_moments");
        rows = switch (name) {
            case "dyestuff" -> Fixtures.dyestuff();
            case "dyestuff2" -> Fixtures.dyestuff2();
            case "pastes_batch" -> Fixtures.pastes();
            default -> Fixtures.unbalanced();
        };
        final Warnings warnings = new Warnings();
        fit = RandomInterceptModel.fit(RandomInterceptSettings.of("y", "g", Method.ANOVA), rows.data(), Progress.NONE,
            warnings);
        table();
        estimates();
        mean();
        intraclassCorrelation();
        final double sigma2 = golden.at("sigma2_a").number();
        assertEquals(sigma2 < 0, !warnings.isEmpty());
        for (final BlupRow row : fit.tables().blups()) {
            assertEquals(sigma2 < 0, Double.isNaN(row.blup()));
        }
    }

    private void value(final String key, final String row) {
        assertRelative(golden.at(key).number(), statistic(fit, row).value(), DIGITS, key);
    }

    private void table() {
        value("SSA", "Sum of Squares Between");
        value("SSE", "Sum of Squares Within");
        value("MSA", "Mean Square Between");
        value("MSE", "Mean Square Within");
        assertEquals(golden.at("df_A").number(), statistic(fit, "Sum of Squares Between").numDf());
        assertEquals(golden.at("df_E").number(), statistic(fit, "Mean Square Within").numDf());
        final FitStatisticRow test = statistic(fit, "F Test g");
        assertRelative(golden.at("F").number(), test.value(), DIGITS, "F");
        assertRelative(golden.at("p").number(), test.pValue(), DIGITS, "p");
        assertEquals(golden.at("df_A").number(), test.numDf());
        assertEquals(golden.at("df_E").number(), test.denDf());
        assertTrue(Double.isNaN(statistic(fit, "Log Likelihood").value()));
    }

    private void estimates() {
        final CovarianceParameterRow sigma2 = fit.tables().covarianceParameters().get(0);
        final CovarianceParameterRow tau2 = fit.tables().covarianceParameters().get(1);
        assertRelative(golden.at("sigma2_a").number(), sigma2.estimate(), DIGITS, "sigma2");
        assertRelative(golden.at("sigma2_e").number(), tau2.estimate(), DIGITS, "tau2");
        final double[] exact = golden.at("sigma2_e_ci_exact").numbers();
        assertRelative(exact[0], tau2.lower(), DIGITS, "chi-square, lower");
        assertRelative(exact[1], tau2.upper(), DIGITS, "chi-square, upper");
        if (golden.at("balanced").text().equals("true")) {
            final Golden williams = golden.at("sigma2_a_ci_williams_tukey");
            assertRelative(williams.at("lower").number(), sigma2.lower(), DIGITS, "Williams-Tukey, lower");
            assertRelative(williams.at("upper").number(), sigma2.upper(), DIGITS, "Williams-Tukey, upper");
            assertRelative(golden.at("var_sigma2_a_hat").number(), Math.pow(sigma2.stdError(), 2), DIGITS,
                "Var(sigma2)");
            assertRelative(golden.at("var_sigma2_e_hat").number(), Math.pow(tau2.stdError(), 2), DIGITS, "Var(tau2)");
        } else {
            assertTrue(Double.isNaN(sigma2.lower()));
            assertTrue(Double.isNaN(sigma2.upper()));
        }
    }

    private void mean() {
        final FixedEffectRow row = fit.tables().fixedEffects().get(0);
        assertRelative(golden.at("grand_mean").number(), row.estimate(), 1e-14, "mean");
        if (golden.has("grand_mean_se")) {
            assertRelative(golden.at("grand_mean_se").number(), row.stdError(), DIGITS, "standard error");
            assertRelative(golden.at("grand_mean_df").number(), row.df(), DIGITS, "df");
            assertRelative(golden.at("grand_mean_ci").numbers()[0], row.lower(), DIGITS, "lower");
            assertRelative(golden.at("grand_mean_ci").numbers()[1], row.upper(), DIGITS, "upper");
        }
    }

    private void intraclassCorrelation() {
        value("icc", "Intraclass Correlation g");
        final Golden exact = golden.at(golden.has("exact_icc_ci_wald") ? "exact_icc_ci_wald" : "exact_icc_ci_searle");
        assertRelative(exact.at("lower").number(), statistic(fit, "Intraclass Correlation g Lower Bound").value(), 1e-9,
            "lower"); // R's uniroot
        assertRelative(exact.at("upper").number(), statistic(fit, "Intraclass Correlation g Upper Bound").value(), 1e-9,
            "upper");
        if (golden.has("thomas_hultquist_icc_ci")) {
            final AnovaTable anova = Fixtures.anova(rows.statistics());
            final IntraclassCorrelation bounds = IntraclassCorrelation.of(anova, rows.classes(), 0.95);
            final Golden expected = golden.at("thomas_hultquist_icc_ci");
            assertRelative(expected.at("lower").number(), bounds.approximate().lower(), DIGITS, "Thomas-Hultquist");
            assertRelative(expected.at("upper").number(), bounds.approximate().upper(), DIGITS, "Thomas-Hultquist");
        }
        final RandomInterceptFit restricted = Fixtures.fit(rows, Method.REML);
        assertEquals(Math.max(0, statistic(fit, "Intraclass Correlation g Lower Bound").value()),
            statistic(restricted, "Intraclass Correlation g Lower Bound").value());
    }
}
