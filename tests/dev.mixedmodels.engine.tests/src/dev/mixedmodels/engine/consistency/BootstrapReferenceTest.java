package dev.mixedmodels.engine.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.MixedRefits;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Intervals and tests by parametric bootstrap against lme4, exact distributions, and one another. */
class BootstrapReferenceTest {
    private static final String SLOPES = "Reaction ~ Days + (1 + Days | Subject)";
    private static final int REPLICATES = 4000;

    private static Frame weighted(final Frame frame) {
        final double[] weights = new double[frame.rows()];
        Arrays.setAll(weights, i -> 0.5 + i % 3);
        return frame.with(new NumericColumn("w", weights));
    }

    private static Stream<Arguments> cases() {
        final Frame sleep = Bootstraps.data("sleepstudy");
        final Bootstraps reml = Bootstraps.of(REPLICATES, 11);
        final Frame dyestuff = Bootstraps.data("dyestuff");
        final Frame dyestuff2 = Bootstraps.data("dyestuff2");
        return Stream.of(Arguments.of("sleepstudy", tables(() -> reml.longitudinal(SLOPES, sleep))),
            Arguments.of("sleepstudy", tables(() -> reml.multilevel(SLOPES, sleep))),
            Arguments.of("sleepstudy_ml", tables(() -> reml.with(Method.ML).longitudinal(SLOPES, sleep))),
            Arguments.of("sleepstudy_ml", tables(() -> reml.with(Method.ML).multilevel(SLOPES, sleep))),
            Arguments.of("sleepstudy_weights", tables(() -> reml.withWeights("w").longitudinal(SLOPES, weighted(sleep)))),
            Arguments.of("sleepstudy_weights", tables(() -> reml.withWeights("w").multilevel(SLOPES, weighted(sleep)))),
            Arguments.of("dyestuff", tables(() -> reml.oneWay("Yield", "Batch", dyestuff))),
            Arguments.of("dyestuff", tables(() -> reml.longitudinal("Yield ~ 1 + (1 | Batch)", dyestuff))),
            Arguments.of("dyestuff2", tables(() -> reml.oneWay("Yield", "Batch", dyestuff2))),
            Arguments.of("dyestuff2", tables(() -> reml.multilevel("Yield ~ 1 + (1 | Batch)", dyestuff2))),
            Arguments.of("dyestuff2", tables(() -> reml.longitudinal("Yield ~ 1 + (1 | Batch)", dyestuff2))),
            Arguments.of("penicillin", tables(() -> reml.multilevel("diameter ~ 1 + (1 | plate) + (1 | sample)",
                Bootstraps.data("penicillin")))));
    }

    private static Supplier<ModelTables> tables(final Supplier<ModelTables> tables) {
        return tables;
    }

    /** Within 4.5 standard errors of the difference of two simulations of 4,000: 200 figures are compared. */
    @ParameterizedTest
    @MethodSource("cases")
    void figuresAreThoseOfLme4(final String name, final Supplier<ModelTables> fit) throws IOException {
        final List<String[]> lme4 = Files.readAllLines(TestData.folder().resolve("reference/bootstrap.csv")).stream()
            .map(line -> line.split(";")).filter(cells -> cells[0].equals(name)).toList();
        assertTrue(lme4.size() > 2, name);
        final ModelTables found = fit.get();
        for (final String[] cells : lme4) {
            final double[] values = Arrays.stream(cells).skip(2).mapToDouble(Double::parseDouble).toArray();
            final double sd = values[2];
            near(values[3], Bootstraps.figure(found, cells[1] + " Lower Bound"), values[4], sd, cells[1] + " lower");
            near(values[5], Bootstraps.figure(found, cells[1] + " Upper Bound"), values[6], sd, cells[1] + " upper");
            // the kurtosis of squares of normals is 15
            near(sd, Bootstraps.figure(found, cells[1] + " Std. Error"), sd * Math.sqrt(14.0 / 4 / values[0]), sd,
                cells[1] + " deviation");
        }
    }

    private static void near(final double expected, final double found, final double error, final double sd,
        final String what) {
        assertEquals(expected, found, 4.5 * Math.sqrt(2) * error + 1e-5 * sd, what);
    }

    /** tau2 chi2(24) / 24 of the analysis of variance: exact percentiles. */
    @Test
    void residualVariancesOfMomentsAreChiSquare() {
        final ModelTables tables =
            Bootstraps.of(20_000, 2).with(Method.ANOVA).oneWay("Yield", "Batch", Bootstraps.data("dyestuff"));
        final double tau2 = Bootstraps.parameter(tables, "Var(Residual)").estimate();
        // chi2 quantiles of 24 df: 12.40115, 39.36408; 4 standard errors by the density there, 0.0060 and 0.0056
        assertEquals(tau2 * 12.40115 / 24, Bootstraps.parameter(tables, "Var(Residual)").lower(), tau2 * 4 * 0.0077);
        assertEquals(tau2 * 39.36408 / 24, Bootstraps.parameter(tables, "Var(Residual)").upper(), tau2 * 4 * 0.0150);
    }

    /** With equal groups the restricted likelihood ratio rises with F, whose distribution is exact. */
    @Test
    void pValuesAreThoseOfTheExactTest() {
        for (final String data : List.of("dyestuff", "dyestuff2")) {
            final ModelTables oneWay = Bootstraps.of(REPLICATES, 7).withTests().oneWay("Yield", "Batch", Bootstraps.data(data));
            final double exact = Bootstraps.row(oneWay, "Exact Restricted Likelihood Ratio Batch").pValue();
            final double error = Math.sqrt(exact * (1 - exact) / REPLICATES);
            assertEquals(exact, Bootstraps.row(oneWay, "Bootstrap Likelihood Ratio Batch").pValue(), 4 * error + 1e-3);
            for (final ModelTables tables : List.of(
                Bootstraps.of(REPLICATES, 7).withTests().longitudinal("Yield ~ 1 + (1 | Batch)", Bootstraps.data(data)),
                Bootstraps.of(REPLICATES, 7).withTests().multilevel("Yield ~ 1 + (1 | Batch)", Bootstraps.data(data)))) {
                assertEquals(exact, Bootstraps.row(tables, "Bootstrap Random Batch").pValue(), 4 * error + 1e-3);
                assertEquals(Bootstraps.row(tables, "Random Batch").value(),
                    Bootstraps.row(tables, "Bootstrap Random Batch").value(), 1e-8);
            }
        }
    }

    /** With unequal groups and weights too the likelihood ratio has its own distribution. */
    @Test
    void pValuesOfUnequalGroupsAreThoseOfTheExactTest() {
        final Frame pastes = weighted(Bootstraps.data("pastes_unbalanced"));
        for (final String weights : new String[] {null, "w"}) {
            final ModelTables tables =
                Bootstraps.of(REPLICATES, 3).withWeights(weights).withTests().oneWay("strength", "batch", pastes);
            final double exact = Bootstraps.row(tables, "Exact Restricted Likelihood Ratio batch").pValue();
            assertEquals(exact, Bootstraps.row(tables, "Bootstrap Likelihood Ratio batch").pValue(),
                4 * Math.sqrt(exact * (1 - exact) / REPLICATES) + 0.02 * exact + 1e-3);
        }
    }

    /** What is drawn from groups of unequal sizes and weights, without rows, against draws of rows: 4 to 5 standard errors. */
    @ParameterizedTest
    @CsvSource({"REML", "ML"})
    void sufficientStatisticsAreDrawnAsRowsAre(final Method method) {
        final Frame pastes = weighted(Bootstraps.data("pastes_unbalanced"));
        final Bootstraps weighted = Bootstraps.of(REPLICATES, 8).with(method).withWeights("w");
        final ModelTables groups = weighted.oneWay("strength", "batch", pastes);
        final ModelTables rows = weighted.multilevel("strength ~ 1 + (1 | batch)", pastes);
        for (final String name : List.of("(Intercept)", "batch: Var((Intercept))", "Var(Residual)",
            "Intraclass Correlation batch")) {
            final double sd = Bootstraps.figure(rows, name + " Std. Error");
            assertEquals(sd, Bootstraps.figure(groups, name + " Std. Error"), 0.15 * sd, name);
            assertEquals(Bootstraps.figure(rows, name + " Lower Bound"), Bootstraps.figure(groups, name + " Lower Bound"),
                0.25 * sd, name);
            assertEquals(Bootstraps.figure(rows, name + " Upper Bound"), Bootstraps.figure(groups, name + " Upper Bound"),
                0.5 * sd, name);
        }
    }

    /** Both ways to a fit find the same maximum, also where the estimates that were drawn from are singular. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"dyestuff2; Yield ~ 1 + (1 | Batch)", "dyestuff; Yield ~ 1 + (1 | Batch)",
        "sleepstudy; Reaction ~ Days + (1 + Days | Subject)"})
    void twoWaysFindTheSameMaximum(final String data, final String formula) {
        final Frame frame = Bootstraps.data(data);
        final MixedDesign mixed = MixedDesign.of(frame, ModelDesign.of(frame, Formula.parse(formula),
            DesignOptions.DEFAULT.withOwnUnit(), new Warnings()), part -> RandomStructure.UNSTRUCTURED);
        final MixedFit fit = MixedFit.of(mixed.model(false, Progress.NONE),
            new EstimationSettings(true, 200, 1e-12), Progress.NONE);
        final Refits blocked = new MixedRefits(fit, mixed, found -> new double[0], Progress.NONE);
        final Refits series = LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse(formula)), frame,
            Progress.NONE, new Warnings()).refits(Progress.NONE);
        final Refits.Worker one = blocked.worker();
        final Refits.Worker other = series.worker();
        for (int seed = 1; seed <= 100; seed++) {
            final double[] y = blocked.draw(new Sampler(seed));
            final double expected = one.fit(y).criterion();
            assertEquals(expected, other.fit(y).criterion(), 1e-8 * Math.abs(expected), "seed " + seed);
        }
    }
}
