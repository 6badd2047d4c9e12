package dev.mixedmodels.engine.consistency;

import static dev.mixedmodels.engine.consistency.Influences.longitudinal;
import static dev.mixedmodels.engine.consistency.Influences.marginal;
import static dev.mixedmodels.engine.consistency.Influences.multilevel;
import static dev.mixedmodels.engine.consistency.Influences.oneWay;
import static dev.mixedmodels.engine.consistency.Influences.simulated;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.GoldenFrame;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.InfluenceRow;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What leaving out a unit does, in all models, against refits by lme4 and against one another. */
class InfluenceTest {
    /** Of what is a fraction of a standard error: two optimisers, and deletions on the boundary, where optima are flat. */
    private static final double SAME = 1e-5;

    private static Map<String, Double> byKey(final List<InfluenceRow> rows) {
        final Map<String, Double> values = new HashMap<>();
        rows.forEach(row -> values.put(row.level() + "|" + row.measure() + "|" + row.parameter(), row.value()));
        return values;
    }

    /** Against refits by lmer: figures in the order of the tables. */
    private static void compare(final String id, final List<InfluenceRow> rows, final Map<String, String> parameters) {
        final Golden golden = Golden.read("influence").at(id);
        final Map<String, Double> values = byKey(rows);
        final String[] coefficients = golden.at("coefficients").texts().toArray(String[]::new);
        final String[] covariances = golden.at("covariances").texts().toArray(String[]::new);
        assertEquals(golden.at("units").list().size() * (4 + 2 * coefficients.length + covariances.length), rows.size());
        double largest = 0;
        for (final Golden unit : golden.at("units").list()) {
            for (final double change : unit.at("variances").numbers()) {
                largest = Math.max(largest, Math.abs(change));
            }
        }
        for (final Golden unit : golden.at("units").list()) {
            final String level = unit.at("level").text();
            final String what = id + " " + level + " ";
            check(unit.at("cook").number(), values.get(level + "|" + InfluenceRow.COOK + "|null"), what + "Cook");
            check(unit.at("mdffits").number(), values.get(level + "|" + InfluenceRow.MDFFITS + "|null"), what + "MDFFITS");
            check(unit.at("covratio").number(), values.get(level + "|" + InfluenceRow.COVARIANCE_RATIO + "|null"), what);
            check(unit.at("leverage").number(), values.get(level + "|" + InfluenceRow.LEVERAGE + "|null"), what);
            for (int k = 0; k < coefficients.length; k++) {
                final double standardized = unit.at("standardized").numbers()[k];
                final double change = unit.at("change").numbers()[k];
                check(standardized, values.get(level + "|" + InfluenceRow.STANDARDIZED_CHANGE + "|" + coefficients[k]), what);
                assertEquals(change, values.get(level + "|" + InfluenceRow.CHANGE + "|" + coefficients[k]),
                    SAME * Math.abs(change / standardized), what);
            }
            for (int k = 0; k < covariances.length; k++) {
                assertEquals(unit.at("variances").numbers()[k],
                    values.get(level + "|" + InfluenceRow.CHANGE + "|" + parameters.get(covariances[k])), 1e-4 * largest,
                    what + covariances[k]);
            }
        }
    }

    private static void check(final double expected, final double actual, final String what) {
        assertEquals(expected, actual, SAME * Math.max(1, Math.abs(expected)), what);
    }

    @Test
    void refitsAreThoseOfLme4() {
        final Frame sleep = GoldenFrame.of(TestData.read("sleepstudy"), Set.of("Subject"));
        final Map<String, String> ofSleep = Map.of("Subject (Intercept) NA", "Subject: Var((Intercept))",
            "Subject (Intercept) Days", "Subject: Cov((Intercept), Days)", "Subject Days NA", "Subject: Var(Days)",
            "Residual NA NA", "Var(Residual)");
        final String growth = "Reaction ~ Days + (Days | Subject)";
        compare("sleep", longitudinal(growth, sleep, InfluenceMethod.REFIT), ofSleep);
        compare("sleep", multilevel(growth, sleep, InfluenceMethod.REFIT), ofSleep);
        final Frame arms = GoldenFrame.of(TestData.read("threearms"), Set.of("id"));
        final Map<String, String> ofArms = Map.of("id (Intercept) NA", "id: Var((Intercept))", "Residual NA NA",
            "Var(Residual)");
        compare("threearms", longitudinal("y ~ arm + x + (1 | id)", arms, InfluenceMethod.REFIT), ofArms);
        final Frame pastes = GoldenFrame.of(TestData.read("pastes"), Set.of());
        compare("pastes", multilevel("strength ~ 1 + (1 | batch) + (1 | sample)", pastes, InfluenceMethod.REFIT),
            Map.of("sample (Intercept) NA", "sample: Var((Intercept))", "batch (Intercept) NA", "batch: Var((Intercept))",
                "Residual NA NA", "Var(Residual)"));
        final Frame dyestuff = GoldenFrame.of(TestData.read("dyestuff"), Set.of());
        final Map<String, String> ofDyestuff = Map.of("Batch (Intercept) NA", "Batch: Var((Intercept))", "Residual NA NA",
            "Var(Residual)");
        compare("dyestuff", oneWay("Yield", "Batch", dyestuff, Method.REML, InfluenceMethod.REFIT), ofDyestuff);
        compare("dyestuff", multilevel("Yield ~ 1 + (1 | Batch)", dyestuff, InfluenceMethod.REFIT), ofDyestuff);
    }

    private static void same(final List<InfluenceRow> expected, final List<InfluenceRow> actual, final double tolerance) {
        final Map<String, Double> values = byKey(actual);
        int compared = 0;
        for (final InfluenceRow row : expected) {
            final Double other = values.get(row.level() + "|" + row.measure() + "|" + row.parameter());
            if (other != null) {
                compared++;
                assertEquals(row.value(), other, tolerance * Math.max(1, Math.abs(row.value())), row.toString());
            }
        }
        assertTrue(compared > expected.size() / 2, "rows that are in both tables");
    }

    @ParameterizedTest
    @EnumSource(value = InfluenceMethod.class, names = {"ONE_STEP", "REFIT"})
    void theModelsAgree(final InfluenceMethod method) {
        final Frame frame = simulated(20, 5);
        final List<InfluenceRow> growth = longitudinal("y ~ x + (1 + x | subject)", frame, method);
        same(growth, multilevel("y ~ x + (1 + x | subject)", frame, method), 1e-5);
        final List<InfluenceRow> mean = oneWay("y", "subject", frame, Method.REML, method);
        same(mean, longitudinal("y ~ 1 + (1 | subject)", frame, method), 1e-5);
        same(mean, multilevel("y ~ 1 + (1 | subject)", frame, method), 1e-5);
        final List<InfluenceRow> intercept = longitudinal("y ~ x + (1 | subject)", frame, method);
        if (method == InfluenceMethod.REFIT) { // one step in other parameters is another step
            final List<InfluenceRow> ofMean =
                intercept.stream().filter(row -> row.parameter() == null || !row.parameter().contains("Var(")).toList();
            same(ofMean, marginal("y ~ x", frame, method, new MarginalSettings.Layout("subject", "visit", null, null),
                VisitStructure.COMPOUND_SYMMETRY), 1e-5);
            same(ofMean, longitudinal("y ~ x", frame, method, ResidualStructure.COMPOUND_SYMMETRY, null, "subject"), 1e-5);
        }
    }

    /** What a step leaves is of second order in the share of a unit, here of 1/40 or 1/80. */
    private static void near(final List<InfluenceRow> refit, final List<InfluenceRow> oneStep, final String what) {
        final Map<String, Double> values = byKey(oneStep);
        final Map<String, Double> squares = new HashMap<>();
        final Map<String, Double> errors = new HashMap<>();
        for (final InfluenceRow row : refit) {
            final double other = values.get(row.level() + "|" + row.measure() + "|" + row.parameter());
            final double size = row.measure().equals(InfluenceRow.COVARIANCE_RATIO) ? row.value() - 1 : row.value();
            squares.merge(row.measure() + row.parameter(), size * size, Double::sum);
            errors.merge(row.measure() + row.parameter(), Math.pow(other - row.value(), 2), Double::sum);
        }
        squares.forEach((key, square) -> assertTrue(errors.get(key) <= 0.1 * 0.1 * square,
            what + " " + key + " " + Math.sqrt(errors.get(key) / square)));
    }

    @Test
    void oneStepIsNearTheRefit() {
        final Frame frame = simulated(80, 2);
        for (final String formula : List.of("y ~ x + (1 + x | subject)", "y ~ x + (1 | site/subject)")) {
            near(multilevel(formula, frame, InfluenceMethod.REFIT), multilevel(formula, frame, InfluenceMethod.ONE_STEP),
                formula);
        }
        near(longitudinal("y ~ x + (1 | subject)", frame, InfluenceMethod.REFIT, ResidualStructure.AR1, "visit", null),
            longitudinal("y ~ x + (1 | subject)", frame, InfluenceMethod.ONE_STEP, ResidualStructure.AR1, "visit", null), "AR1");
        for (final VisitStructure structure : List.of(VisitStructure.HETEROGENEOUS_AR1, VisitStructure.COMPOUND_SYMMETRY,
            VisitStructure.CONTINUOUS_AR1)) {
            final MarginalSettings.Layout layout = structure == VisitStructure.CONTINUOUS_AR1
                ? new MarginalSettings.Layout("subject", null, "visit", null)
                : new MarginalSettings.Layout("subject", "visit", null, null);
            near(marginal("y ~ x", frame, InfluenceMethod.REFIT, layout, structure),
                marginal("y ~ x", frame, InfluenceMethod.ONE_STEP, layout, structure), structure.toString());
        }
        near(oneWay("y", "subject", frame, Method.ML, InfluenceMethod.REFIT),
            oneWay("y", "subject", frame, Method.ML, InfluenceMethod.ONE_STEP), "one way");
    }

    @Test
    void leveragesAddUpToTheCoefficients() {
        final double sum = multilevel("y ~ x + (1 | site/subject)", simulated(40, 5), InfluenceMethod.ONE_STEP).stream()
            .filter(row -> row.measure().equals(InfluenceRow.LEVERAGE)).mapToDouble(InfluenceRow::value).sum();
        assertEquals(2, sum, 1e-10);
    }

    /** By moments there is a closed form: refits of the rows without a group. */
    @Test
    void momentsAreThoseOfTheOtherGroups() {
        final Frame frame = simulated(12, 3);
        final List<InfluenceRow> rows = oneWay("y", "subject", frame, Method.ANOVA, InfluenceMethod.ONE_STEP);
        final Map<String, Double> values = byKey(rows);
        assertEquals(rows, oneWay("y", "subject", frame, Method.ANOVA, InfluenceMethod.REFIT));
        final double all = tau2(frame, null);
        assertEquals(tau2(frame, "s3") - all, values.get("s3|Change|Var(Residual)"), 1e-10);
    }

    private static double tau2(final Frame frame, final String without) {
        final Map<String, List<Double>> groups = new HashMap<>();
        for (int row = 0; row < frame.rows(); row++) {
            final String name = ((NominalColumn) frame.column("subject")).text(row);
            if (!name.equals(without)) {
                groups.computeIfAbsent(name, key -> new ArrayList<>()).add(frame.column("y").value(row));
            }
        }
        double ss = 0;
        int df = 0;
        for (final List<Double> group : groups.values()) {
            final double mean = group.stream().mapToDouble(v -> v).average().orElseThrow();
            ss += group.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
            df += group.size() - 1;
        }
        return ss / df;
    }

    @Test
    void threadsChangeNothing() throws Exception {
        final Frame frame = simulated(600, 3);
        final double[][] values = new double[2][];
        for (int i = 0; i < 2; i++) {
            final ForkJoinPool pool = new ForkJoinPool(1 + 3 * i);
            values[i] = pool.submit(() -> multilevel("y ~ x + (1 | site/subject)", frame, InfluenceMethod.ONE_STEP).stream()
                .mapToDouble(InfluenceRow::value).toArray()).get();
            pool.shutdown();
        }
        assertTrue(Arrays.equals(values[0], values[1]));
    }

    @Test
    void aSubjectWithoutWhichACoefficientIsNotDeterminedIsSaid() {
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int subject = builder.addNominal("subject");
        final Random random = new Random(5);
        for (int i = 0; i < 40; i++) {
            builder.number(y, i / 5 + random.nextGaussian());
            builder.number(x, i / 5 == 3 ? i : 0);
            builder.text(subject, "s" + i / 5);
            builder.endRow();
        }
        final Frame frame = builder.build();
        for (final InfluenceMethod method : List.of(InfluenceMethod.ONE_STEP, InfluenceMethod.REFIT)) {
            final Warnings warnings = new Warnings();
            final List<InfluenceRow> rows = LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse("y ~ x + (1 | subject)"))
                .withInference(i -> i.withVariances(VarianceIntervals.NONE, false).withInfluence(method)), frame,
                Progress.NONE, new Warnings()).tables(Progress.NONE, warnings).influence();
            assertTrue(warnings.list().stream().anyMatch(text -> text.startsWith("Without the level \"s3\" of \"subject\"")),
                warnings.list().toString());
            for (final InfluenceRow row : rows) {
                assertEquals(row.level().equals("s3") && !row.measure().equals(InfluenceRow.LEVERAGE),
                    Double.isNaN(row.value()), row.toString());
            }
        }
    }

    /** One unit alone does not tell how much units differ, but does determine a mean without random effects. */
    @Test
    void ofTwoUnitsTheInfluenceOnVariancesBetweenUnitsIsMissing() {
        final Frame frame = simulated(2, 1);
        for (final InfluenceMethod method : List.of(InfluenceMethod.ONE_STEP, InfluenceMethod.REFIT)) {
            for (final List<InfluenceRow> rows : List.of(multilevel("y ~ x + (1 | subject)", frame, method),
                longitudinal("y ~ x + (1 | subject)", frame, method),
                oneWay("y", "subject", frame, Method.REML, method))) {
                assertFalse(rows.isEmpty());
                rows.forEach(row -> assertEquals(!row.measure().equals(InfluenceRow.LEVERAGE), Double.isNaN(row.value()),
                    row.toString()));
            }
            longitudinal("y ~ x", frame, method, ResidualStructure.INDEPENDENT, "visit", "subject")
                .forEach(row -> assertFalse(Double.isNaN(row.value()), row.toString()));
        }
    }

    @Test
    void noneIsEmptyAndCrossedLevelsAreRefused() {
        final Frame frame = simulated(12, 3);
        assertTrue(multilevel("y ~ x + (1 | subject)", frame, InfluenceMethod.NONE).isEmpty());
        assertFalse(multilevel("y ~ x + (1 | subject)", frame, InfluenceMethod.ONE_STEP).isEmpty());
        final String message = assertThrows(ModelException.class,
            () -> multilevel("y ~ x + (1 | subject) + (1 | visit)", frame, InfluenceMethod.ONE_STEP)).getMessage();
        assertTrue(message.contains("do not lie within one of them"), message);
    }
}
