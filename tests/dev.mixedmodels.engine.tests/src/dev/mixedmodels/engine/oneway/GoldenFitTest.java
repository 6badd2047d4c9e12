package dev.mixedmodels.engine.oneway;

import static dev.mixedmodels.engine.oneway.Fixtures.statistic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REML and ML fits against lme4, lmerTest, pbkrtest, nlme and RLRsim, to the tolerances that the references allow. */
class GoldenFitTest {
    private static final double LIKELIHOOD = 1e-9;
    private static final double ESTIMATE = 1e-6;
    private static final double BLUP = 1e-5;
    private static final double STD_ERROR = 1e-5;
    private static final double DF = 1e-3;
    private static final double PROFILE = 1e-4;
    private static final double LOG_P = 0.05;

    private Golden golden;
    private RandomInterceptFit fit;
    private Method method;
    private Rows rows;

    private void read(final String name, final Method used) {
        golden = Golden.read("oneway_" + name + "_" + used.name().toLowerCase(Locale.ROOT));
        method = used;
        rows = switch (name) {
            case "dyestuff" -> Fixtures.dyestuff();
            case "dyestuff2" -> Fixtures.dyestuff2();
            case "pastes_batch" -> Fixtures.pastes();
            default -> Fixtures.unbalanced();
        };
        fit = Fixtures.fit(rows, used);
    }

    private static void close(final double expected, final double actual, final double tolerance, final double scale,
        final String what) {
        assertEquals(expected, actual, tolerance * Math.max(Math.abs(expected), scale), what);
    }

    private boolean boundary() {
        return golden.at("convergence", "singular").text().equals("true");
    }

    @ParameterizedTest
    @CsvSource({"dyestuff,REML", "dyestuff,ML", "dyestuff2,REML", "dyestuff2,ML", "pastes_batch,REML",
        "pastes_batch,ML", "pastes_unbalanced,REML", "pastes_unbalanced,ML"})
    void agreesWithTheReferenceFit(final String name, final Method used) {
        read(name, used);
        likelihood();
        fixedEffects();
        variances();
        blups();
        fittedValues();
        intervals();
        tests();
    }

    private void likelihood() {
        final Golden expected = golden.at("fit");
        close(expected.at("logLik").number(), statistic(fit, "Log Likelihood").value(), LIKELIHOOD, 1, "logLik");
        close(expected.at("minus2logLik").number(), statistic(fit, "-2 Log Likelihood").value(), LIKELIHOOD, 1, "-2ll");
        close(expected.at("AIC").number(), statistic(fit, "AIC").value(), LIKELIHOOD, 1, "AIC");
        close(expected.at("BIC_n_obs").number(), statistic(fit, "BIC").value(), LIKELIHOOD, 1, "BIC");
        final String sas = statistic(fit, "BIC").note();
        for (final String key : List.of("AIC_sas", "BIC_sas")) {
            assertTrue(sas.contains(String.format(Locale.ROOT, "%.10g", expected.at(key).number())), sas);
        }
        assertEquals(boundary() ? 1 : 0, statistic(fit, "Singular").value());
        assertEquals(1, statistic(fit, "Converged").value());
        assertEquals(0, statistic(fit, "Gradient").value(), 1e-9);
    }

    private void fixedEffects() {
        final Golden expected = golden.at("fixed_effects").list().get(0);
        final FixedEffectRow row = fit.tables().fixedEffects().get(0);
        close(expected.at("estimate").number(), row.estimate(), ESTIMATE, row.stdError(), "mean");
        close(expected.at("se").number(), row.stdError(), STD_ERROR, 0, "standard error");
        inference(expected.at("satterthwaite"), row);
        if (method == Method.REML) {
            final FixedEffectRow adjusted = Fixtures.fit(rows, new RandomInterceptSettings("y", "g", method,
            new InferenceSettings(DfMethod.KENWARD_ROGER, FixedCovariance.MODEL, InfluenceMethod.NONE, 95,
            VarianceIntervals.NONE, false), 1)).tables().fixedEffects().get(0);
            close(expected.at("kenward_roger", "se").number(), adjusted.stdError(), STD_ERROR, 0, "adjusted");
            inference(expected.at("kenward_roger"), adjusted);
        }
        final Golden naive = golden.at("ols", "fixed").list().get(0);
        close(naive.at("estimate").number(), row.naiveEstimate(), 1e-12, 0, "naive estimate");
        close(naive.at("se").number(), row.naiveStdError(), 1e-12, 0, "naive standard error");
        close(naive.at("p").number(), row.naivePValue(), 1e-9, 0, "naive p");
        // R's ratio under ML too has the standard error of s2 = RSS / (N - 1) below
        close(Math.pow(golden.at("ols", "se_ratio_mixed_to_ols").number(), 2), row.designEffect(), 2 * STD_ERROR, 0,
            "design effect");
    }

    private static void inference(final Golden expected, final FixedEffectRow row) {
        close(expected.at("df").number(), row.df(), DF, 0, "df");
        assertEquals(Math.log(expected.at("p").number()), Math.log(row.pValue()), LOG_P, "p");
        final double[] interval = expected.at("ci95").numbers();
        close(interval[0], row.lower(), STD_ERROR, row.stdError(), "lower");
        close(interval[1], row.upper(), STD_ERROR, row.stdError(), "upper");
    }

    private void variances() {
        final List<Golden> expected = golden.at("variance_components").list();
        final List<CovarianceParameterRow> actual = fit.tables().covarianceParameters();
        for (int i = 0; i < 2; i++) {
            final CovarianceParameterRow row = actual.get(i);
            final double stdError = Double.isNaN(row.stdError()) ? 0 : row.stdError();
            close(expected.get(i).at("variance").number(), row.estimate(), ESTIMATE, stdError, "variance");
            close(expected.get(i).at("sd").number(), row.stdDeviation(), ESTIMATE, 0, "standard deviation");
        }
        assertEquals(boundary(), actual.get(0).onBoundary());
        close(golden.at("icc").at(golden.at("icc").keys().get(0)).number(),
            statistic(fit, "Intraclass Correlation g").value(), ESTIMATE, 0, "icc");
        if (!boundary()) {
            final Golden asymptotic = golden.at("variance_parameters_asymptotic");
            final double[] se = asymptotic.at("se").numbers();
            final double[][] covariance = asymptotic.at("covariance").matrix();
            final List<CovarianceEntryRow> entries = new ArrayList<>();
            fit.tables().covarianceMatrices().forEach(e -> {
                if (e.matrix().equals("Covariance parameters")) {
                    entries.add(e);
                }
            });
            for (int i = 0; i < 2; i++) {
                close(se[i], actual.get(i).stdError(), STD_ERROR, 0, "standard error of a variance");
                for (int j = 0; j < 2; j++) {
                    close(covariance[i][j], entries.get(2 * i + j).covariance(), 2 * STD_ERROR, se[i] * se[j],
                        "covariance of the variances");
                }
            }
        }
    }

    private void blups() {
        final Golden effects = golden.at("random_effects");
        final Golden expected = effects.at(effects.keys().get(0));
        final List<BlupRow> actual = new ArrayList<>();
        fit.tables().blups().forEach(actual::add);
        assertEquals(expected.at("levels").texts(), actual.stream().map(BlupRow::level).toList());
        final double sd = fit.tables().covarianceParameters().get(0).stdDeviation();
        for (int i = 0; i < actual.size(); i++) {
            close(expected.at("blup").numbers()[i], actual.get(i).blup(), BLUP, sd, "BLUP");
            close(Math.sqrt(expected.at("conditional_variance").numbers()[i]), actual.get(i).conditionalStdDev(),
                STD_ERROR, 0, "conditional standard deviation");
            close(Math.sqrt(expected.at("prediction_error_variance").numbers()[i]), actual.get(i).stdError(),
                STD_ERROR, 0, "prediction error");
        }
    }

    private void fittedValues() {
        final FittedValues values = fit.fittedValues().get();
        final double sd = fit.tables().covarianceParameters().get(1).stdDeviation();
        for (int i = 0; i < 10; i++) {
            final FittedRow row = values.next(rows.group()[i], rows.y()[i], 1);
            close(golden.at("fitted_first10").numbers()[i], row.conditional(), BLUP, sd, "fitted");
            close(golden.at("marginal_fitted_first10").numbers()[i], row.marginal(), ESTIMATE, sd, "marginal");
            close(golden.at("residuals_first10").numbers()[i], row.residual(), BLUP, sd, "residual");
        }
    }

    private void intervals() {
        final Golden own = golden.at("profile_on_own_criterion");
        final List<CovarianceParameterRow> actual = fit.tables().covarianceParameters();
        final double[][] expected = {own.at("random_sd").numbers(), own.at("residual_sd").numbers()};
        for (int i = 0; i < 2; i++) {
            close(expected[i][0], Math.sqrt(actual.get(i).lower()), PROFILE, 0, "lower profile bound");
            close(expected[i][1], Math.sqrt(actual.get(i).upper()), PROFILE, 0, "upper profile bound");
        }
        if (!boundary()) {
            wald();
        }
    }

    /** nlme's intervals are on the log scale, from its own numerical Hessian (hence four digits only). */
    private void wald() {
        final Golden nlme = golden.at("cross_check_nlme", "intervals");
        final double[] group = nlme.at(nlme.keys().get(0), "values").list().get(0).numbers();
        final CovarianceParameterRow row = Fixtures.fit(rows, new RandomInterceptSettings("y", "g", method,
            new InferenceSettings(DfMethod.SATTERTHWAITE, FixedCovariance.MODEL, InfluenceMethod.NONE, 95,
            VarianceIntervals.WALD, false), 1)).tables().covarianceParameters().get(0);
        close(group[0], Math.sqrt(row.lower()), 1e-3, 0, "lower Wald bound");
        close(group[2], Math.sqrt(row.upper()), 1e-3, 0, "upper Wald bound");
    }

    private void tests() {
        final Golden lr = golden.at("ols", "lr_all_random_terms");
        close(lr.at("statistic").number(), statistic(fit, "Likelihood Ratio g").value(), LIKELIHOOD, 100, "LR");
        assertEquals(Math.log(lr.at("p_chibar_half_half").number()),
            Math.log(statistic(fit, "Likelihood Ratio g").pValue()), LOG_P, "LR p");
        if (method == Method.REML) {
            final Golden exact = golden.at("exactRLRT");
            final double t = statistic(fit, "Exact Restricted Likelihood Ratio g").value();
            final double p = statistic(fit, "Exact Restricted Likelihood Ratio g").pValue();
            close(exact.at("statistic").number(), t, LIKELIHOOD, 100, "RLRT");
            final double reference = boundary() ? 1 : exact.at("p_simulated").number(); // RLRsim has P(T > 0)
            // 4 Monte Carlo standard errors of the reference and 4 of ours, 0.4 percent
            assertEquals(reference, p, 4 * Math.sqrt(reference * (1 - reference) / 1e6) + 0.016 * reference, "exact p");
        }
    }
}
