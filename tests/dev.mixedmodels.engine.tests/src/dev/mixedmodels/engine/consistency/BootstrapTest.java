package dev.mixedmodels.engine.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Intervals and tests by parametric bootstrap of the models with random effects. */
class BootstrapTest {
    private static final String SLOPES = "Reaction ~ Days + (1 + Days | Subject)";
    private static final int REPLICATES = 4000;

    private static Frame changed(final Frame frame, final String column, final DoubleUnaryOperator change) {
        final double[] values = new double[frame.rows()];
        Arrays.setAll(values, i -> change.applyAsDouble(frame.column(column).value(i)));
        return frame.with(new NumericColumn(column, values));
    }

    private static Supplier<ModelTables> tables(final Supplier<ModelTables> tables) {
        return tables;
    }

    /** The bounds of covariance parameters stand in their table as well. */
    @Test
    void percentilesStandInTheTableOfCovarianceParameters() {
        final ModelTables tables = Bootstraps.of(200, 3).longitudinal(SLOPES, Bootstraps.data("sleepstudy"));
        tables.covarianceParameters().forEach(row -> {
            final String name = (row.group().equals("Residual") ? "" : row.group() + ": ") + row.parameter();
            assertEquals(Bootstraps.figure(tables, name + " Lower Bound"), row.lower());
            assertEquals(Bootstraps.figure(tables, name + " Upper Bound"), row.upper());
            assertTrue(row.lower() < row.estimate() && row.estimate() < row.upper(), name);
            assertTrue(Bootstraps.figure(tables, name + " Shortest Upper Bound")
                - Bootstraps.figure(tables, name + " Shortest Lower Bound") <= row.upper() - row.lower(), name);
        });
    }

    private static Stream<Arguments> structures() {
        final Bootstraps some = Bootstraps.of(100, 5);
        final Frame sleep = Bootstraps.data("sleepstudy");
        final Frame orthodont = Bootstraps.data("orthodont");
        final String apart = "Reaction ~ Days + (1 | Subject) + (0 + Days | Subject)";
        return Stream.of(Arguments.of(tables(() -> some.longitudinal(apart, sleep))),
            Arguments.of(tables(() -> some.multilevel(apart, sleep))),
            Arguments.of(tables(() -> some.longitudinal(LongitudinalSettings.of(Formula.parse(
                "distance ~ age + (0 + Sex | Subject)")).withRandom(RandomStructure.IDENTITY).withVariance("Sex", null),
                orthodont))),
            Arguments.of(tables(() -> some.longitudinal(LongitudinalSettings.of(Formula.parse(
                "distance ~ age + (1 + age | Subject)")).withVariance(null, "age"), orthodont))),
            Arguments.of(tables(() -> some.longitudinal("distance ~ age * Sex", orthodont,
                ResidualStructure.COMPOUND_SYMMETRY, "age", "Subject"))),
            Arguments.of(tables(() -> some.multilevel("strength ~ 1 + (1 | batch/cask)", Bootstraps.data("pastes")))),
            Arguments.of(tables(() -> some.multilevel("diameter ~ 1 + (1 | sample) + (1 | plate)",
                Bootstraps.data("penicillin")))));
    }

    /** Parameters of very different size, in blocks of every kind: figures stand beside their names. */
    @ParameterizedTest
    @MethodSource("structures")
    void estimatesLieInTheIntervalsOfTheirNames(final Supplier<ModelTables> fit) {
        final ModelTables tables = fit.get();
        tables.covarianceParameters().forEach(row -> assertTrue(row.lower() <= row.estimate()
            && row.estimate() <= row.upper(), row::toString));
        tables.fixedEffects().forEach(row -> {
            assertTrue(Bootstraps.figure(tables, row.term() + " Lower Bound") < row.estimate(), row::toString);
            assertTrue(Bootstraps.figure(tables, row.term() + " Upper Bound") > row.estimate(), row::toString);
        });
        tables.modelFit().stream().filter(row -> row.statistic().matches("Intraclass Correlation \\S*")
            && row.value() > 0).forEach(row -> {
                assertTrue(Bootstraps.figure(tables, row.statistic() + " Lower Bound") < row.value(), row::toString);
                assertTrue(Bootstraps.figure(tables, row.statistic() + " Upper Bound") > row.value(), row::toString);
            });
    }

    private static Stream<Arguments> models() {
        final Bootstraps some = Bootstraps.of(60, 5).withTests();
        final Frame sleep = Bootstraps.data("sleepstudy");
        return Stream.of(Arguments.of(tables(() -> some.longitudinal(SLOPES, sleep))),
            Arguments.of(tables(() -> some.longitudinal("Reaction ~ Days + (1 | Subject)", sleep, ResidualStructure.AR1,
                "Days", "Subject"))),
            Arguments.of(tables(() -> some.multilevel(SLOPES, sleep))),
            Arguments.of(tables(() -> some.multilevel("diameter ~ 1 + (1 | plate) + (1 | sample)",
                Bootstraps.data("penicillin")))),
            Arguments.of(tables(() -> some.oneWay("strength", "batch", Bootstraps.data("pastes_unbalanced")))));
    }

    @ParameterizedTest
    @MethodSource("models")
    void theNumberOfThreadsDoesNotMatter(final Supplier<ModelTables> fit) throws Exception {
        final List<String> one = inPool(1, fit);
        assertEquals(one, inPool(2, fit));
        assertEquals(one, inPool(5, fit));
    }

    private static List<String> inPool(final int threads, final Supplier<ModelTables> fit) throws Exception {
        final ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> Bootstraps.bits(fit.get())).get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void anotherSeedGivesOtherFigures() {
        final Frame sleep = Bootstraps.data("sleepstudy");
        assertTrue(!Bootstraps.bits(Bootstraps.of(50, 1).multilevel(SLOPES, sleep))
            .equals(Bootstraps.bits(Bootstraps.of(50, 2).multilevel(SLOPES, sleep))));
    }

    /** A response of 1000 y + 1e6, near 20 of its standard deviations: the draws are the same but for rounding. */
    @ParameterizedTest
    @CsvSource({"LONGITUDINAL", "MULTILEVEL", "ONE_WAY"})
    void figuresFollowTheUnitOfTheResponse(final String kind) {
        final Frame frame = Bootstraps.data(kind.equals("ONE_WAY") ? "pastes_unbalanced" : "sleepstudy");
        final String response = kind.equals("ONE_WAY") ? "strength" : "Reaction";
        final ModelTables own = fit(kind, frame);
        final ModelTables other = fit(kind, changed(frame, response, y -> 1000 * y + 1e6));
        int compared = 0;
        for (final FitStatisticRow row : own.modelFit()) {
            final String name = row.statistic();
            if (!name.startsWith("Bootstrap")) {
                continue;
            }
            compared++;
            final FitStatisticRow found = Bootstraps.row(other, name);
            final boolean plain = name.contains("Corr") || name.contains("Replicates") || !Double.isNaN(row.pValue());
            final boolean square = name.contains("Var(") || name.contains("Cov(");
            final double expected = plain ? row.value() : square ? 1e6 * row.value()
                : 1000 * row.value() + (name.contains("(Intercept)") && name.contains("Bound") ? 1e6 : 0);
            assertEquals(expected, found.value(), 1e-6 * (plain ? 1 : square ? 1e9 : 1e6), name);
            assertEquals(row.pValue(), found.pValue(), name);
        }
        assertTrue(compared > 15);
    }

    private static ModelTables fit(final String kind, final Frame frame) {
        final Bootstraps some = Bootstraps.of(100, 9).withTests();
        return switch (kind) {
            case "LONGITUDINAL" -> some.longitudinal(SLOPES, frame);
            case "MULTILEVEL" -> some.multilevel(SLOPES, frame);
            default -> some.oneWay("strength", "batch", frame);
        };
    }

    @Test
    void anOffsetIsTakenOffTheResponse() {
        final Frame sleep = Bootstraps.data("sleepstudy");
        final double[] rest = new double[sleep.rows()];
        Arrays.setAll(rest, i -> sleep.column("Reaction").value(i) - 8 * sleep.column("Days").value(i));
        final Frame less = sleep.with(new NumericColumn("rest", rest)).with(offset(sleep));
        final Bootstraps some = Bootstraps.of(50, 4).withTests();
        same(some.multilevel("rest ~ Days + (Days | Subject)", less),
            some.multilevel("Reaction ~ Days + offset(o) + (Days | Subject)", less));
        same(some.longitudinal("rest ~ Days + (Days | Subject)", less),
            some.longitudinal("Reaction ~ Days + offset(o) + (Days | Subject)", less));
    }

    private static NumericColumn offset(final Frame sleep) {
        final double[] values = new double[sleep.rows()];
        Arrays.setAll(values, i -> 8 * sleep.column("Days").value(i));
        return new NumericColumn("o", values);
    }

    private static void same(final ModelTables expected, final ModelTables found) {
        for (final FitStatisticRow row : expected.modelFit()) {
            if (row.statistic().startsWith("Bootstrap")) {
                assertEquals(row.value(), Bootstraps.row(found, row.statistic()).value(), 1e-6 * Math.max(1,
                    Math.abs(row.value())), row.statistic());
            }
        }
    }

    @Test
    void thereMayBeNoFixedEffect() {
        final Frame sleep = Bootstraps.data("sleepstudy");
        for (final ModelTables tables : List.of(Bootstraps.of(40, 3).longitudinal("Reaction ~ 0 + (1 | Subject)", sleep),
            Bootstraps.of(40, 3).longitudinal("Reaction ~ 0", sleep, ResidualStructure.AR1, "Days", "Subject"),
            Bootstraps.of(40, 3).multilevel("Reaction ~ 0 + (1 | Subject)", sleep))) {
            tables.covarianceParameters().forEach(
                row -> assertTrue(row.lower() < row.estimate() && row.estimate() < row.upper(), row::toString));
        }
    }

    /** Group means that differ less than chance: many replicates have a variance of exactly 0, and none a negative one. */
    @Test
    void anIntervalEndsAtTheBound() {
        for (final ModelTables tables : List.of(
            Bootstraps.of(500, 2).oneWay("Yield", "Batch", Bootstraps.data("dyestuff2")),
            Bootstraps.of(500, 2).longitudinal("Yield ~ 1 + (1 | Batch)", Bootstraps.data("dyestuff2")),
            Bootstraps.of(500, 2).multilevel("Yield ~ 1 + (1 | Batch)", Bootstraps.data("dyestuff2")))) {
            assertEquals(0, Bootstraps.parameter(tables, "Var((Intercept))").estimate());
            assertEquals(0, Bootstraps.parameter(tables, "Var((Intercept))").lower());
            assertTrue(Bootstraps.parameter(tables, "Var((Intercept))").upper() > 0);
            assertEquals(0, Bootstraps.figure(tables, "Batch: Var((Intercept)) Shortest Lower Bound"));
            assertEquals(0, Bootstraps.figure(tables, "Intraclass Correlation Batch Lower Bound"));
            assertTrue(Bootstraps.figure(tables, "Intraclass Correlation Batch Upper Bound") < 1);
        }
    }

    /** Where a slope of variance 0 leaves no correlation, it is said how often it exists. */
    @Test
    void correlationsOfNothingAreCounted() {
        final Frame orthodont = Bootstraps.data("orthodont");
        final Sampler random = new Sampler(5);
        final double[] noise = new double[orthodont.rows()];
        Arrays.setAll(noise, i -> random.normal());
        final ModelTables tables = Bootstraps.of(200, 2).multilevel("noise ~ age + (1 + age | Subject)",
            orthodont.with(new NumericColumn("noise", noise)));
        final FitStatisticRow row = Bootstraps.row(tables, "Bootstrap Subject: Corr((Intercept), age) Std. Error");
        assertTrue(row.note().contains("It exists in ") && row.note().endsWith(" replicates only."), row.note());
    }

    /** Moments are unbiased: a variance that is estimated below 0 is drawn from as 0, and replicates are negative half. */
    @Test
    void momentsMayBeNegative() {
        final ModelTables tables =
            Bootstraps.of(REPLICATES, 2).with(Method.ANOVA).oneWay("Yield", "Batch", Bootstraps.data("dyestuff2"));
        assertTrue(Bootstraps.parameter(tables, "Var((Intercept))").estimate() < 0);
        final double lower = Bootstraps.parameter(tables, "Var((Intercept))").lower();
        assertTrue(lower < 0);
        // (MSB - MSW) / n with MSB ~ tau2 chi2(5) / 5: not below -MSW / n
        assertTrue(lower > -Bootstraps.parameter(tables, "Var(Residual)").upper() / 5);
    }

    @Test
    void replicatesWithoutConvergenceAreCounted() {
        final Bootstraps short1 = Bootstraps.of(40, 1).withIterations(1).withTests();
        final ModelTables tables = short1.multilevel(SLOPES, Bootstraps.data("sleepstudy"));
        final double used = Bootstraps.figure(tables, "Replicates");
        assertTrue(used < 40);
        assertTrue(short1.warnings().list().stream().anyMatch(text -> text.startsWith("Bootstrap of the intervals: "
            + (int) (40 - used) + " replicates of 40 did not converge")), () -> short1.warnings().list().toString());
        assertTrue(Bootstraps.row(tables, "Bootstrap Random Subject").note().contains("without convergence left out"));
    }

    /** One step is too few for the one replicate. */
    @Test
    void notesOfWhatHasNoReplicateAreWithoutFigures() {
        final Bootstraps few = Bootstraps.of(1, 1).withIterations(1).withTests();
        final ModelTables tables = few.multilevel(SLOPES, Bootstraps.data("sleepstudy"));
        final FitStatisticRow test = Bootstraps.row(tables, "Bootstrap Random Subject: Days");
        assertTrue(Double.isNaN(test.pValue()), test::toString);
        assertTrue(test.note().contains("without a p-value"), test::toString);
        tables.modelFit().forEach(row -> assertTrue(!row.note().contains("NaN"), row::toString));
    }

    @Test
    void aMarginalModelHasNone() {
        final MarginalSettings settings = MarginalSettings.of(Formula.parse("Reaction ~ Days"),
            new MarginalSettings.Layout("Subject", "Days", null, null), VisitStructure.AR1);
        final ModelException refused = assertThrows(ModelException.class,
            () -> settings.withInference(i -> i.withVariances(VarianceIntervals.bootstrap(100, 1), true)));
        assertTrue(refused.getMessage().contains("Choose profile or Wald intervals."));
    }
}
