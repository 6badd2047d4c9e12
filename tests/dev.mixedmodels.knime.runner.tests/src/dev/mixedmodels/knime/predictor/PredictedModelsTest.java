package dev.mixedmodels.knime.predictor;

import static dev.mixedmodels.knime.predictor.MixedModelPredictorNodeTest.ok;
import static dev.mixedmodels.knime.predictor.MixedModelPredictorNodeTest.predictor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.mixedmodels.knime.empiricalbayes.EmpiricalBayesShrinkageNodeFactory;
import dev.mixedmodels.knime.node.CsvTable;
import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.model.Models;
import dev.mixedmodels.knime.model.Models.Fit;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.run.TableView;

/** What is special about predictions of each kind of model. */
class PredictedModelsTest {
    /** Whole numbers as categories, as texts or as numbers in the other table. */
    @Test
    void wholeNumbersAreTheLevelsThatTheyWere() {
        final Fit fit = Models.fit(CsvTable.typed("sleepstudy"), NodeRun.of(new MultilevelModelNodeFactory())
            .set("response", "Reaction").set("fixedEffects", "Days").set("nominalColumns", "Days")
            .set("levels", "[{\"column\": \"Subject\"}]").set("varianceIntervals", "NONE").set("randomTests", false));
        final TableView whole = ok(predictor(fit.model(),
            new TableBuilder().ints("Subject", 308, 309).ints("Days", 3, 11).build())).view(0);
        final TableView texts = ok(predictor(fit.model(),
            new TableBuilder().strings("Subject", "308", "309").strings("Days", "3", "11").build())).view(0);
        assertEquals(texts.number(0, "Prediction (Reaction)"), whole.number(0, "Prediction (Reaction)"));
        assertTrue(whole.isMissing(1, "Prediction (Reaction)") && texts.isMissing(1, "Prediction (Reaction)"));
    }

    /** Dates count from the first one of the fit, whatever is first in the other table. */
    @Test
    void datesCountFromTheOriginOfTheFit() {
        final LocalDate start = LocalDate.of(2024, 1, 1);
        final List<String> subjects = new ArrayList<>();
        final List<LocalDate> dates = new ArrayList<>();
        final List<Double> y = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            subjects.add("s" + i / 6);
            dates.add(start.plusDays(7 * (i % 6)));
            y.add(3.0 * (i % 6) + Math.sin(7 * i) + 2 * Math.cos(i / 6));
        }
        final Fit fit = Models.fit(new TableBuilder().strings("subject", subjects.toArray(String[]::new))
            .dates("day", dates.toArray(LocalDate[]::new)).boxedDoubles("y", y.toArray(Double[]::new)).build(),
            NodeRun.of(new LongitudinalMixedModelNodeFactory()).set("timeUnit", "WEEKS").set("randomDegree", 0)
                .set("varianceIntervals", "NONE").set("randomTests", false));
        final TableView later = ok(predictor(fit.model(), new TableBuilder().strings("subject", "s1", "s1")
            .dates("day", start.plusDays(70), start.plusDays(35)).build())).view(0);
        final double[] fitted = new TableView(fit.fittedValues()).numbers("Fitted (conditional)");
        assertEquals(fitted[11], later.number(1, "Prediction (y)"));
        assertEquals(fitted[11] + 5 * (fitted[11] - fitted[10]), later.number(0, "Prediction (y)"), 1e-9);
    }

    /** At time 0 x'beta + z'b is the subject's own intercept, whose standard error the BLUPs have. */
    @Test
    void standardErrorsAreThoseOfTheUnitsOwnCoefficients() {
        for (final String structure : List.of("INDEPENDENT", "AR1", "COMPOUND_SYMMETRY")) {
            final Fit fit = Models.fit(CsvTable.read("orthodont", "Subject", "Sex"), NodeRun.of(
                new LongitudinalMixedModelNodeFactory()).set("response", "distance").set("subject", "Subject").set("time", "age")
                    .set("fixedEffects", "").set("interactions", "[]").set("randomDegree", structure.equals("INDEPENDENT") ? 1 : 0)
                    .set("residualStructure", structure.equals("COMPOUND_SYMMETRY") ? "INDEPENDENT" : structure)
                    .set("varianceIntervals", "NONE").set("randomTests", false));
            final TableView blups = fit.result().view(2);
            final TableView found = ok(predictor(fit.model(), new TableBuilder()
                .strings("Subject", IntStream.range(0, blups.rows()).mapToObj(i -> blups.text(i, "Level"))
                    .toArray(String[]::new)).doubles("age", new double[blups.rows()]).build())).view(0);
            for (int i = 0; i < blups.rows(); i++) {
                if (blups.text(i, "Effect").equals("(Intercept)")) {
                    assertEquals(blups.number(i, "Coefficient"), found.number(i, "Prediction (distance)"), 1e-9);
                    // K and L are kept in single precision
                    assertEquals(blups.number(i, "Coefficient Std. Error"),
                        found.number(i, "Prediction (distance) Std. Error"), 1e-5);
                }
            }
        }
    }

    /** What the table of unobserved visits says, which is held against mmrm. */
    @Test
    void marginalPredictionsAreThoseOfTheUnobservedVisits() {
        final Fit fit = Models.all().get("marginal");
        final NodeResult result = ok(predictor(fit.model(), fit.table()));
        final TableView visits = fit.result().view(2);
        final TableView found = result.view(0);
        int compared = 0;
        for (int row = 0; row < found.rows(); row++) {
            if (found.isMissing(row, "y")) {
                final int visit = visits.row("Level", found.text(row, "subject"), "Effect", found.text(row, "visit"));
                assertEquals(visits.number(visit, "BLUP"), found.number(row, "Prediction (y)"), 1e-9);
                assertEquals(visits.number(visit, "Std. Error"), found.number(row, "Prediction (y) Std. Error"), 1e-9);
                compared++;
            }
        }
        assertEquals(53, compared);
        assertEquals(Optional.of("247 rows with a response, which needs no prediction from others: see (marginal)."),
            result.warning());
    }

    @Test
    void posteriorsOfAllMethodsAreThoseOfTheFit() {
        for (final String method : List.of("MORRIS", "PRASAD_RAO", "KASS_STEFFEY", "BOOTSTRAP", "NAIVE")) {
            final Fit fit = Models.fit(CsvTable.read("eightschools", "school"), NodeRun.of(
                new EmpiricalBayesShrinkageNodeFactory()).set("unit", "school").set("estimate", "effect")
                    .set("standardError", "se").set("posteriorVariance", method).set("estimator", "REML")
                    .set("replicates", 20));
            final TableView shrinkage = fit.result().view(2);
            final TableView found = ok(predictor(fit.model(), fit.table())).view(0);
            for (int i = 0; i < found.rows(); i++) {
                assertEquals(shrinkage.number(i, "Posterior Mean"), found.number(i, "Prediction (effect)"), method);
                assertEquals(shrinkage.number(i, "Posterior Std. Dev."), found.number(i, "Prediction (effect) Std. Error"),
                    1e-9, method);
            }
        }
    }

    /** Neither names nor estimates are needed: a unit without an estimate has the prior. */
    @Test
    void aNewUnitHasThePrior() {
        final Fit fit = Models.fit(CsvTable.read("bcg_effects", "trial", "author"), NodeRun.of(
            new EmpiricalBayesShrinkageNodeFactory()).set("unit", "trial").set("estimate", "yi").set("standardError", "sei")
                .set("covariates", "ablat"));
        final NodeResult result =
            ok(predictor(fit.model(), new TableBuilder().doubles("sei", 0.2).doubles("ablat", 33.5).build()));
        final TableView mean =
            ok(predictor(fit.model(), new TableBuilder().doubles("ablat", 33.5).build()).set("randomEffects", "NONE")).view(0);
        assertEquals(mean.number(0, "Prediction (yi)"), result.view(0).number(0, "Prediction (yi)"));
        assertTrue(mean.number(0, "Prediction (yi) Std. Error") < result.view(0).number(0, "Prediction (yi) Std. Error"));
        assertEquals(Optional.of("1 row without an own estimate: the prediction is the prior."), result.warning());
    }
}
