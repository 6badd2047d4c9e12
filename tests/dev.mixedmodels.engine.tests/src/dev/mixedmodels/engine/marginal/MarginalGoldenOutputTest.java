package dev.mixedmodels.engine.marginal;

import static dev.mixedmodels.engine.marginal.ReferenceChecks.DF;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.ESTIMATE;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.STD_ERROR;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.fit;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.forAll;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.hasMmrm;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.pValue;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.relative;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.testing.Figures;
import dev.mixedmodels.engine.testing.Golden;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Sandwich, between-within, least-squares means, predictions and residuals of all reference fits by mmrm. */
class MarginalGoldenOutputTest {
    @TestFactory
    List<DynamicTest> sandwichStandardErrorsAndTheirDf() {
        final Map<FixedCovariance, String> names = Map.of(FixedCovariance.CR0, "Empirical", FixedCovariance.CR2,
            "Empirical-Bias-Reduced", FixedCovariance.CR3, "Empirical-Jackknife");
        return forAll(ReferenceChecks::hasMmrm, reference -> names.forEach((kind, name) -> {
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
        return forAll(ReferenceChecks::hasMmrm, reference -> {
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
        return forAll(r -> hasMmrm(r) && r.golden().at("mmrm").has("ls_means_satterthwaite"),
            reference -> MarginalSettings.DF_METHODS.forEach(method -> {
                final String key = "ls_means_" + reference.mmrmKey(method);
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
            final ModelFit fit = fit(reference);
            final Map<String, BlupRow> rows = new HashMap<>();
            fit.tables().blups().forEach(row -> rows.put(row.level() + "/" + row.effect(), row));
            final double[] row1 = expected.at("row_1_based").numbers();
            for (int i = 0; i < row1.length; i++) {
                final int row = (int) row1[i] - 1;
                final String subject = ((NominalColumn) frame.column("subject")).text(row);
                final BlupRow blup = rows.get(subject + "/" + (int) frame.column("visit").value(row));
                assertEquals(expected.at("fit").numbers()[i], blup.blup(), 1e-5 * blup.conditionalStdDev());
                assertEquals(expected.at("fit").numbers()[i], Figures.fittedValues(fit).apply(row).conditional(),
                    1e-5 * blup.conditionalStdDev());
                relative(expected.at("se").numbers()[i], Math.sqrt(Math.pow(blup.stdError(), 2)
                    - Math.pow(blup.conditionalStdDev(), 2)), STD_ERROR, "row " + row);
            }
        });
    }

    @TestFactory
    List<DynamicTest> fittedValuesAndResiduals() {
        return forAll(r -> true, reference -> {
            final ModelFit fit = fit(reference);
            final Frame frame = reference.frame();
            final boolean mmrm = hasMmrm(reference) && reference.structure().overPlaces() == null;
            final double scale = fit.tables().fixedEffects().get(0).stdError();
            final String response = reference.golden().at("model", "r_formula").text().split(" ")[0];
            final double[] marginal = reference.golden().at("fitted_first10").numbers();
            final double[] residuals = reference.golden().at("residuals_first10").numbers();
            int used = 0;
            for (int row = 0; used < marginal.length; row++) {
                if (!frame.column(response).missing(row)) {
                    assertEquals(marginal[used], Figures.fittedValues(fit).apply(row).marginal(), ESTIMATE * scale);
                    assertEquals(residuals[used], Figures.fittedValues(fit).apply(row).residual(), ESTIMATE * scale);
                    used++;
                }
            }
            if (mmrm) {
                residuals(reference, frame, fit, scale);
            }
        });
    }

    /** mmrm sorts rows by subject and visit, subjects in the order of their names. */
    private static void residuals(final Reference reference, final Frame frame, final ModelFit fit,
        final double scale) {
        final Golden expected = reference.golden().at("mmrm", "residuals_first10");
        final double[] response = expected.at("response").numbers();
        for (int i = 0; i < response.length; i++) {
            int found = 0;
            for (int row = 0; row < frame.rows(); row++) {
                if (Math.abs(Figures.fittedValues(fit).apply(row).residual() - response[i]) < ESTIMATE * scale) {
                    found += Math.abs(Figures.fittedValues(fit).apply(row).pearson()
                        - expected.at("pearson").numbers()[i])
                        < STD_ERROR && Math.abs(Figures.fittedValues(fit).apply(row).normalized()
                            - expected.at("normalized").numbers()[i]) < STD_ERROR ? 1 : 0;
                }
            }
            assertEquals(1, Math.min(1, found), "residual " + i);
        }
    }
}
