package dev.mixedmodels.engine.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Charts from rows of tables that are made up. */
class ChartsTest {
    private static final double NONE = Double.NaN;

    private static double[] numbers(final Chart chart, final String role) {
        return chart.columns().stream().filter(c -> c.role().equals(role)).findFirst().orElseThrow().numbers();
    }

    private static List<String> texts(final Chart chart, final String role) {
        return chart.columns().stream().filter(c -> c.role().equals(role)).findFirst().orElseThrow().texts();
    }

    private static BlupRow blup(final String level, final String effect, final double value) {
        return new BlupRow("g", level, effect, value, 0.5, 0.4, value - 1, value + 1, 10 + value, 0.6, 4, 0.8);
    }

    /** Subjects s0, s1 ... of three rows at times 2, 0, 1, whose responses lie s above a mean of 10 + time. */
    private static Frame frame(final int subjects) {
        final FrameBuilder builder = new FrameBuilder(3 * subjects);
        final int time = builder.addNumeric("time");
        final int subject = builder.addNominal("subject");
        for (int row = 0; row < 3 * subjects; row++) {
            builder.number(time, (row + 2) % 3);
            builder.text(subject, "s" + row / 3);
            builder.endRow();
        }
        return builder.build();
    }

    private static FittedRow fitted(final int row, final int subjects) {
        final double marginal = 10 + (row + 2) % 3;
        final double deviation = row / 3 - (subjects - 1) / 2.0;
        return new FittedRow(marginal, marginal + 0.8 * deviation, 0.2 * deviation, 0, 0);
    }

    private static FittedPart said(final IntFunction<FittedRow> rows, final IntUnaryOperator units) {
        return new FittedPart(rows, row -> Double.NaN, units);
    }

    private static Chart courses(final int subjects, final int marks) {
        final Frame frame = frame(subjects);
        final CourseChart courses = new CourseChart(frame, RowLabels.of(frame, "subject"), "subject", "time",
            CourseChart.Fit.CURVES);
        for (int row = 0; row < frame.rows(); row++) {
            courses.add(row / 3, fitted(row, subjects));
        }
        return courses.chart(part -> part.accept(frame, said(row -> fitted(row, subjects), row -> row / 3)), "y", marks).get(0);
    }

    @Test
    void coursesHoldTheObservationsOfEachUnitInTheOrderOfTime() {
        final Chart chart = courses(4, 2_000);
        assertEquals(List.of("s0", "s0", "s0", "s1", "s1", "s1", "s2", "s2", "s2", "s3", "s3", "s3"),
            texts(chart, "unit"));
        for (int i = 0; i < 12; i++) {
            final double time = i % 3;
            assertEquals(time, numbers(chart, "x")[i]);
            assertEquals(10 + time, numbers(chart, "mean")[i], 1e-8);
            assertEquals(10 + time + i / 3 - 1.5, numbers(chart, "observed")[i], 1e-8);
            assertEquals(10 + time + 0.8 * (i / 3 - 1.5), numbers(chart, "fitted")[i], 1e-8);
        }
        assertEquals("", chart.shown());
    }

    @Test
    void ofManyUnitsTheFarthestAreShownAndOthersEvenlyBetween() {
        final Chart chart = courses(5_000, 300);
        final List<String> units = texts(chart, "unit").stream().distinct().toList();
        assertEquals(100, units.size());
        assertEquals("100 of 5,000 levels of subject", chart.shown());
        assertTrue(units.containsAll(List.of("s0", "s1", "s2", "s3", "s4", "s4999", "s4998", "s4997", "s4996", "s4995")));
        assertEquals(300, chart.rows());
        assertTrue(IntStream.range(1, 100).allMatch(i -> number(units.get(i)) > number(units.get(i - 1))));
    }

    private static int number(final String unit) {
        return Integer.parseInt(unit.substring(1));
    }

    @Test
    void aUnitOfManyRowsIsThinnedEvenlyOverTime() {
        final int rows = 10_000;
        final FrameBuilder builder = new FrameBuilder(rows);
        final int time = builder.addNumeric("time");
        final int subject = builder.addNominal("subject");
        for (int row = 0; row < rows; row++) {
            builder.number(time, rows - row);
            builder.text(subject, "only");
            builder.endRow();
        }
        final Frame frame = builder.build();
        final CourseChart courses = new CourseChart(frame, RowLabels.of(frame, "subject"), "subject", "time",
            CourseChart.Fit.MEAN);
        for (int row = 0; row < rows; row++) {
            courses.add(0, new FittedRow(1, NONE, 0.5, 0, 0));
        }
        final Chart chart = courses
            .chart(part -> part.accept(frame, said(row -> new FittedRow(1, NONE, 0.5, 0, 0), row -> 0)), "y", 500).get(0);
        final double[] x = numbers(chart, "x");
        assertEquals(500, x.length);
        for (int i = 1; i < x.length; i++) {
            assertEquals(20, x[i] - x[i - 1]);
        }
        assertEquals(1.5, numbers(chart, "observed")[0]);
    }

    @Test
    void unobservedVisitsShowTheirPredictions() {
        final FrameBuilder builder = new FrameBuilder(2);
        final int visit = builder.addNominal("visit");
        final int subject = builder.addNominal("subject");
        for (final String name : new String[] {"first", "second"}) {
            builder.text(visit, name);
            builder.text(subject, "s");
            builder.endRow();
        }
        final Frame frame = builder.build();
        final CourseChart courses = new CourseChart(frame, RowLabels.of(frame, "subject"), "subject", "visit",
            CourseChart.Fit.MEAN);
        courses.add(new BlupRow("subject", "s", "second", 7, 1, 1, 5, 9, NONE, NONE, 1, 0.5));
        final FittedRow[] rows = {new FittedRow(4, NONE, 0.5, 0, 0), new FittedRow(6, 7, NONE, NONE, NONE)};
        courses.add(0, rows[0]);
        courses.add(0, rows[1]);
        final Chart chart = courses.chart(part -> part.accept(frame, said(row -> rows[row], row -> 0)), "y", 100).get(0);
        assertEquals(List.of("first", "second"), texts(chart, "at"));
        assertEquals(4.5, numbers(chart, "observed")[0]);
        assertTrue(Double.isNaN(numbers(chart, "observed")[1]) && Double.isNaN(numbers(chart, "predicted")[0]));
        assertEquals(List.of(7.0, 5.0, 9.0), List.of(numbers(chart, "predicted")[1], numbers(chart, "lower")[1],
            numbers(chart, "upper")[1]));
    }

    @Test
    void pairsOfEffectsBelongToTheSameUnitsAndTheEllipseToTheirCovariance() {
        final BlupCharts blups = new BlupCharts();
        final Random random = new Random(5);
        final double[] x = random.doubles(300).toArray();
        for (int i = 0; i < 300; i++) {
            blups.add(blup("l" + i, "(Intercept)", x[i]));
        }
        for (int i = 299; i >= 0; i--) {
            blups.add(blup("l" + i, "slope", 2 * x[i]));
        }
        final List<CovarianceEntryRow> d = CovarianceEntryRow.of("D", "g", List.of("(Intercept)", "slope"),
            new double[][] {{4, -1}, {-1, 2}});
        final Chart chart = EffectPairs.of(blups, d, 2_000).get(0);
        assertEquals(300, chart.rows());
        for (int i = 0; i < 300; i++) {
            assertEquals(2 * numbers(chart, "x")[i], numbers(chart, "y")[i], 1e-8);
        }
        final double limit = Tail.chiSquareQuantile(0.05, 2);
        final Line ellipse = chart.lines().get(0);
        for (int i = 0; i < ellipse.x().length; i++) {
            final double a = ellipse.x()[i];
            final double b = ellipse.y()[i];
            assertEquals(limit, (2 * a * a + 2 * a * b + 4 * b * b) / 7, 1e-7); // the inverse of D is [2 1; 1 4] / 7
        }
    }

    @Test
    void quantilesOfRandomEffectsStandardisePredictionsByTheirOwnVariance() {
        final BlupCharts blups = new BlupCharts();
        for (int i = 0; i < 5; i++) {
            blups.add(blup("l" + i, "(Intercept)", i - 2));
        }
        final Chart chart = blups.quantiles(2_000).get(0);
        for (int i = 0; i < 5; i++) {
            // Var(effect) = 0.4^2 / (1 - 0.8) = 0.8, Var(BLUP) = 0.8 * 0.8
            assertEquals((i - 2) / 0.8, numbers(chart, "y")[i], 1e-8);
            assertEquals((i + 0.5) / 5, 1 - Tail.normal(numbers(chart, "x")[i]), 1e-8);
        }
    }

    private static MeansRow mean(final String level, final String at, final double estimate) {
        return new MeansRow("Mean", "arm", level, "", at, estimate, 1, 9, 1, 0.5, estimate - 2, estimate + 2, NONE);
    }

    @Test
    void meansAtVisitsAreCurvesOfTheirLevels() {
        final List<MeansRow> rows = List.of(mean("a", "visit = x = 1", 1), mean("b", "visit = x = 1", 2),
            new MeansRow("Difference", "arm", "a", "b", "visit = x = 1", -1, 1, 9, 1, 0.5, -3, 1, 0.5));
        final Chart chart = MeansCharts.of(rows, "y", 100).get(0);
        assertEquals(List.of("a", "b"), texts(chart, "series"));
        assertEquals(2, chart.rows());
        assertEquals(4, numbers(chart, "upper")[1]);
        final Chart course = MeansCharts.course(List.of(mean("a", "t = -1.5E-7", 1), mean("b", "t = -1.5E-7", 5),
            mean("a", "t = 2", 3), mean("b", "t = 2", 6)), "y").get(0);
        assertEquals(List.of("a", "a", "b", "b"), texts(course, "series"));
        assertEquals(List.of(-1.5e-7, 2.0, -1.5e-7, 2.0), Arrays.stream(numbers(course, "x")).boxed().toList());
        assertEquals(List.of(), MeansCharts.course(List.of(), "y"));
    }

    @Test
    void structuresAreOrderedByTheirCriterionWithTheFittedOne() {
        final List<FitStatisticRow> rows = new ArrayList<>();
        rows.add(FitStatisticRow.of(Category.MODEL, "Covariance Structure", 3, "AR(1), heterogeneous, 3 parameters. Words."));
        for (final String suffix : new String[] {"", " AR(1)", " Compound symmetry, heterogeneous"}) {
            final double value = suffix.isEmpty() ? 100 : suffix.equals(" AR(1)") ? 90 : NONE;
            rows.add(FitStatisticRow.of(Category.FIT, "-2 Log Likelihood" + suffix, value - 8, ""));
            rows.add(FitStatisticRow.of(Category.FIT, "AIC" + suffix, value, ""));
            rows.add(FitStatisticRow.of(Category.FIT, "BIC" + suffix, value + 5, ""));
        }
        final Chart chart = StructureChart.of(new FitFigures(rows)).get(0);
        assertEquals(List.of("AR(1)", "AR(1), heterogeneous (fitted)"), texts(chart, "level"));
        assertEquals(10, numbers(chart, "value")[1]);
        assertEquals(List.of(), StructureChart.of(new FitFigures(rows.subList(0, 4))));
        rows.set(0, FitStatisticRow.of(Category.MODEL, "Covariance Structure", 2, "AR(1), 2 parameters."));
        assertEquals(List.of(), StructureChart.of(new FitFigures(rows)));
    }

    @Test
    void correlationsAreCutToAsManyRowsAsMarksAllow() {
        final double[][] identity = new double[50][50];
        IntStream.range(0, 50).forEach(i -> identity[i][i] = 4);
        final List<String> names = IntStream.range(0, 50).mapToObj(i -> "r" + i).toList();
        final Chart chart = MatrixCharts.heatMap("t", "c", "b", CovarianceEntryRow.of("V", "b", names, identity), 2_000);
        assertEquals(44 * 44, chart.rows());
        assertEquals("44 of 50 rows", chart.shown());
        assertEquals(1, numbers(chart, "value")[45]);
    }

    @Test
    void slopesWithinAndBetweenStandBesideEachOther() {
        final List<FixedEffectRow> rows = new ArrayList<>();
        for (final String term : new String[] {"(Intercept)", "x.within.g", "x.between.g", "z.within.g"}) {
            rows.add(new FixedEffectRow(term, 1, 0.5, 9, 2, 0.05, 0, 2, 1, 0.25, 0.05, 4));
        }
        assertEquals(List.of("x.within.g", "x.between.g"), texts(FixedEffectCharts.withinAndBetween(rows).get(0), "level"));
        assertEquals(50, numbers(FixedEffectCharts.errors(rows), "value")[0]);
        assertEquals(List.of(), FixedEffectCharts.withinAndBetween(rows.subList(0, 2)));
    }

    private static ShrinkageRow unit(final int i, final double observed) {
        return new ShrinkageRow("u" + i, observed, 0.5, 2, 0.25, 0.75 * observed + 0.5, 0.4, observed - 1, observed + 1, NONE,
            NONE, NONE, NONE, observed - 2, observed + 2, NONE, NONE);
    }

    @Test
    void theHistogramAndTheDensityOfThePriorHaveTheAreaOne() {
        final ShrinkageCharts charts = new ShrinkageCharts("unit", 1.96);
        final Random random = new Random(3);
        IntStream.range(0, 500).forEach(i -> charts.add(unit(i, 2 + random.nextGaussian())));
        final List<CovarianceParameterRow> prior = List.of(
            new CovarianceParameterRow("unit", "tau2", 0.25, NONE, NONE, NONE, 0.5, NONE, NONE, false));
        final Chart chart = charts.histogram(new PriorDensity(prior, 1), 2_000).get(0);
        final double[] from = numbers(chart, "lower");
        final double[] to = numbers(chart, "upper");
        final double[] height = numbers(chart, "y");
        assertEquals(1, IntStream.range(0, from.length).mapToDouble(i -> height[i] * (to[i] - from[i])).sum(), 1e-6);
        final Line density = chart.lines().get(0);
        double area = 0;
        for (int i = 1; i < density.x().length; i++) {
            area += (density.x()[i] - density.x()[i - 1]) * (density.y()[i] + density.y()[i - 1]) / 2;
        }
        assertEquals(1, area, 1e-3); // trapezoidal rule over a range of more than five standard deviations
        assertEquals(List.of(), charts.ranks(100));
        assertEquals(2.0, charts.funnel(2, 100).lines().get(0).x()[1]);
    }

    @Test
    void theForestHasTheBoundsOfTheTable() {
        final ShrinkageCharts charts = new ShrinkageCharts("unit", 1.96);
        charts.add(unit(0, 0.1));
        charts.add(unit(1, 5));
        assertEquals(-1.9, numbers(charts.forest(2, 100), "observedLower")[0], 1e-8);
        assertEquals(7, numbers(charts.forest(2, 100), "observedUpper")[1], 1e-8);
    }
}
