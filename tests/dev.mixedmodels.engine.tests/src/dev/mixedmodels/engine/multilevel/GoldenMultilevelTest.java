package dev.mixedmodels.engine.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.TableSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.GoldenFrame;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.Figures;
import dev.mixedmodels.engine.testing.Golden;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of the reference fits, within design.md section 5. */
class GoldenMultilevelTest {
    /** Where the reference stopped at a gradient of 1e-4, see GoldenMixedFitTest. */
    private static final double REFERENCE = 1e-5;

    @ParameterizedTest
    @ValueSource(strings = {"ml_pastes_nested", "crossed_penicillin", "ml_chem97_null", "ml_chem97_gcse",
        "ml_chem97_cov", "ml_egsingle_ri", "ml_egsingle_rs", "ml_egsingle_cov", "long_sleep_rs", "long_orthodont_rs",
        "long_sleep_rsu"})
    void tablesEqualTheReference(final String id) {
        check(id + "_reml");
        check(id + "_ml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crossed_insteval_a_reml", "crossed_insteval_a_ml"})
    void tablesOfManyRatingsEqualTheReference(final String id) {
        check(id);
    }

    private static void check(final String id) {
        final Golden golden = Golden.read(id);
        final Frame frame = GoldenFrame.of(golden);
        final boolean reml = golden.at("method").text().equals("REML");
        final Golden effects = golden.at("fixed_effects");
        final boolean kenwardRoger = effects.list().get(0).has("kenward_roger");
        for (final DfMethod df : kenwardRoger && reml ? List.of(DfMethod.SATTERTHWAITE, DfMethod.KENWARD_ROGER)
            : List.of(DfMethod.SATTERTHWAITE)) {
            final MultilevelSettings settings =
                MultilevelSettings.of(new ModelSpecification.ByFormula(Formula.parse(golden.at("model",
                    "r_formula").text()))).withOptions(GoldenFrame.options(golden)).withReml(reml)
                        .withInference(i -> i.withDf(df).withVariances(VarianceIntervals.WALD, false))
                            .withTables(TableSettings.means(List.of(), null));
            final ModelFit fit = MultilevelModel.fit(settings, frame, Progress.NONE, new Warnings());
            fixedEffects(id, effects.list(), golden.at("ols", "fixed").list(), fit.tables().fixedEffects(), df);
            tests(id, golden, fit, df);
            if (df == DfMethod.SATTERTHWAITE) {
                modelFit(id, golden, fit);
                predictions(id, golden, fit);
                rows(id, golden, fit);
            }
        }
    }

    private static void fixedEffects(final String id, final List<Golden> golden, final List<Golden> ols,
        final List<FixedEffectRow> rows, final DfMethod df) {
        final String method = df == DfMethod.SATTERTHWAITE ? "satterthwaite" : "kenward_roger";
        for (int i = 0; i < golden.size(); i++) {
            final Golden effect = golden.get(i);
            final FixedEffectRow row = rows.get(i);
            final String name = id + " " + row.term();
            assertEquals(effect.at("name").text(), row.term());
            final double se = df == DfMethod.SATTERTHWAITE ? effect.at("se").number() : effect.at(method, "se").number();
            assertEquals(effect.at("estimate").number(), row.estimate(), 1e-6 * Math.max(se, Math.abs(row.estimate())),
                name);
            assertEquals(se, row.stdError(), 1e-5 * se, name);
            final double expectedDf = effect.at(method, "df").number();
            assertEquals(expectedDf, row.df(), 1e-3 * expectedDf, name);
            assertEquals(Tail.tTwoSided(row.t(), row.df()), row.pValue(), 1e-10 * row.pValue(), name);
            final double p = effect.at(method, "p").number();
            if (p > 0) {
                assertEquals(Math.log(p), Math.log(row.pValue()), 0.05, name);
            }
            final Golden naive = ols.get(i);
            assertEquals(naive.at("estimate").number(), row.naiveEstimate(), 1e-10 * Math.max(Math.abs(
                row.naiveEstimate()), row.naiveStdError()), name);
            assertEquals(naive.at("se").number(), row.naiveStdError(), 1e-10 * row.naiveStdError(), name);
        }
    }

    private static void tests(final String id, final Golden golden, final ModelFit fit, final DfMethod df) {
        final String key = df == DfMethod.SATTERTHWAITE ? "type3_satterthwaite" : "type3_kenward_roger";
        if (!golden.has("tests_fixed_terms") || !golden.at("tests_fixed_terms").has(key)) {
            return;
        }
        for (final Golden test : golden.at("tests_fixed_terms", key).list()) {
            final FitStatisticRow row = statistic(fit, "Fixed " + test.at("term").text());
            final String name = id + " " + row.statistic() + " " + df;
            assertEquals(test.at("F").number(), row.value(), 2e-5 * row.value(), name); // twice the tolerance of an se
            assertEquals(test.at("num_df").number(), row.numDf(), 0, name);
            final double denDf = test.at("den_df").number();
            assertEquals(denDf, row.denDf(), 1e-3 * denDf, name);
        }
    }

    private static FitStatisticRow statistic(final ModelFit fit, final String name) {
        return fit.tables().modelFit().stream().filter(row -> row.statistic().equals(name)).findFirst().orElseThrow(
            () -> new AssertionError(name + " is not in Model fit"));
    }

    private static void modelFit(final String id, final Golden golden, final ModelFit fit) {
        final double criterion = golden.at("fit", "minus2logLik").number();
        assertEquals(criterion, statistic(fit, "-2 Log Likelihood").value(), 1e-9 * Math.abs(criterion), id);
        assertEquals(golden.at("fit", "AIC").number(), statistic(fit, "AIC").value(), 1e-9 * Math.abs(criterion), id);
        assertEquals(golden.at("fit", "BIC_n_obs").number(), statistic(fit, "BIC").value(), 1e-9 * Math.abs(criterion),
            id);
        assertEquals(1, statistic(fit, "Converged").value(), id);
        assertEquals(golden.at("residual_sd").number(), statistic(fit, "Residual Std. Deviation").value(),
            1e-6 * statistic(fit, "Residual Std. Deviation").value(), id);
        for (final CovarianceParameterRow row : fit.tables().covarianceParameters()) {
            final boolean share = row.parameter().equals("Var((Intercept))") && golden.has("icc");
            if (share && golden.at("icc").has(row.group())) {
                assertEquals(golden.at("icc", row.group()).number(), row.share(), REFERENCE * row.share(), id);
            }
        }
    }

    private static void predictions(final String id, final Golden golden, final ModelFit fit) {
        final Map<String, BlupRow> rows = new HashMap<>();
        fit.tables().blups().forEach(row -> rows.put(row.group() + "|" + row.level() + "|" + row.effect(), row));
        for (final String group : golden.at("random_effects").keys()) {
            final Golden reference = golden.at("random_effects", group);
            final List<String> levels = reference.at("levels").texts();
            final List<String> terms = reference.at("terms").texts();
            final List<Golden> blups = reference.at("blup").list();
            final List<Golden> variances = reference.at("conditional_variance").list();
            for (int j = 0; j < levels.size(); j++) {
                for (int c = 0; c < terms.size(); c++) {
                    final BlupRow row = rows.get(group + "|" + levels.get(j) + "|" + terms.get(c));
                    final String name = id + " " + group + " " + levels.get(j);
                    final double blup = terms.size() == 1 ? blups.get(j).number() : blups.get(j).numbers()[c];
                    final double variance = terms.size() == 1 ? variances.get(j).number()
                        : variances.get(j).matrix()[c][c];
                    final double deviation = Math.sqrt(variance / (1 - row.reliability())); // of the effect
                    assertEquals(blup, row.blup(), 1e-5 * deviation, name);
                    assertEquals(Math.sqrt(variance), row.conditionalStdDev(), 1e-5 * Math.sqrt(variance), name);
                    if (reference.has("prediction_error_variance")) {
                        final Golden errors = reference.at("prediction_error_variance").list().get(j);
                        final double error = terms.size() == 1 ? errors.number() : errors.matrix()[c][c];
                        assertEquals(Math.sqrt(error), row.stdError(), 1e-5 * Math.sqrt(error), name);
                    }
                }
            }
        }
    }

    private static void rows(final String id, final Golden golden, final ModelFit fit) {
        final double[] conditional = golden.at("fitted_first10").numbers();
        final double[] marginal = golden.at("marginal_fitted_first10").numbers();
        final double sd = golden.at("residual_sd").number();
        for (int i = 0; i < conditional.length; i++) {
            final FittedRow row = Figures.fittedValues(fit).apply(i);
            assertEquals(conditional[i], row.conditional(), 1e-5 * sd, id);
            assertEquals(marginal[i], row.marginal(), 1e-5 * sd, id);
            assertEquals(golden.at("residuals_first10").numbers()[i], row.residual(), 1e-5 * sd, id);
            assertTrue(Math.abs(row.pearson() - row.residual() / sd) < 1e-5, id);
        }
    }
}
