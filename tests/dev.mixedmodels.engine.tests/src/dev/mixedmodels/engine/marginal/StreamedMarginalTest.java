package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.FullHeap;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.testing.Distributed;
import dev.mixedmodels.engine.testing.Figures;
import dev.mixedmodels.engine.testing.Streamed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Repeated measures that are read block by block, subject by subject, and never kept. */
final class StreamedMarginalTest {
    private static final int SUBJECTS = 6000;
    private static final int VISITS = 4;
    private static final String FORMULA = "y ~ base + arm * visit + offset(o)";
    /** Products are summed in another order. */
    private static final double ROUNDING = 1e-11;
    /** The same where searches end elsewhere within their tolerance: relative to standard errors or to 1. */
    private static final double SEARCH = 1e-6;

    /** A row of the table; {@code y} is NaN where the response is missing. */
    private record Line(int subject, int visit, double base, double weight, double y) {
        String id() {
            return "s" + subject;
        }

        String arm() {
            return subject % 3 == 0 ? "b" : "a";
        }
    }

    /** Subjects one after the other; some responses are missing, and if not all is complete some rows too. */
    private static List<Line> lines(final boolean complete) {
        final Random random = new Random(11);
        final List<Line> lines = new ArrayList<>();
        for (int s = 0; s < SUBJECTS; s++) {
            final double own = random.nextGaussian();
            final double base = random.nextGaussian();
            for (int v = 1; v <= VISITS; v++) {
                final double y = 1e3 + base + own + 0.5 * v + (s % 3 == 0 ? 0.2 * v : 0) + (1 + 0.3 * v) * random.nextGaussian();
                final double u = random.nextDouble();
                final double weight = 0.5 + random.nextInt(4);
                if (complete || u > 0.06) {
                    lines.add(new Line(s, v, base, weight, !complete && (u < 0.1 || s == 17) ? Double.NaN : y));
                }
            }
        }
        return lines;
    }

    private static Frame frame(final List<Line> lines) {
        final FrameBuilder builder = new FrameBuilder(lines.size());
        final int y = builder.addNumeric("y");
        final int base = builder.addNumeric("base");
        final int o = builder.addNumeric("o");
        final int w = builder.addNumeric("w");
        final int arm = builder.addNominal("arm");
        final int visit = builder.addNominal("visit");
        final int id = builder.addNominal("id");
        for (final Line line : lines) {
            if (!Double.isNaN(line.y)) {
                builder.number(y, line.y);
            }
            builder.number(base, line.base);
            builder.number(o, line.visit % 2);
            builder.number(w, line.weight);
            builder.text(arm, line.arm());
            builder.text(visit, "V" + line.visit);
            builder.text(id, line.id());
            builder.endRow();
        }
        return builder.build();
    }

    private static MarginalSettings settings(final VisitStructure structure) {
        return MarginalSettings.of(Formula.parse(FORMULA), new MarginalSettings.Layout("id", "visit", null, null), structure)
            .withOptions(DesignOptions.DEFAULT.withWeights("w"))
            .withInference(i -> i.withVariances(VarianceIntervals.WALD, true));
    }

    private static ModelFit fit(final MarginalSettings settings, final RowSource table) {
        return MarginalModel.fit(settings, table, Progress.NONE, new Warnings());
    }

    private static double[] figures(final ModelFit fit) {
        return Figures.of(fit.tables());
    }

    private static double[] fitted(final ModelFit fit, final Frame table, final int part) {
        return Figures.fitted(fit.parts().begin(true), table, part);
    }

    @Test
    void aTableThatIsReadHasTheFiguresOfOneInMemoryBitForBit() throws Exception {
        final Frame frame = frame(lines(false));
        assertTrue(frame.rows() > RowSource.BLOCK);
        final MarginalSettings settings = settings(VisitStructure.UNSTRUCTURED)
            .withInference(i -> i.withDf(DfMethod.KENWARD_ROGER));
        final ModelFit kept = fit(settings, frame);
        final double[] figures = figures(kept);
        for (final int threads : new int[] {1, 3}) {
            final ForkJoinPool pool = new ForkJoinPool(threads);
            assertArrayEquals(figures, pool.submit(() -> figures(fit(settings, new Streamed(frame)))).get(), 0);
            pool.shutdown();
        }
        assertArrayEquals(fitted(kept, frame, frame.rows()), fitted(fit(settings, new Streamed(frame)), frame, 777), 0);
    }

    /** In order of subjects rows are whitened one by one; in the others the rows of most subjects wait for one another. */
    @Test
    void theOrderOfTheTableDoesNotMatter() {
        final List<Line> bySubject = lines(false);
        final List<Line> byVisit = new ArrayList<>(bySubject);
        byVisit.sort(Comparator.comparingInt(Line::visit));
        final List<Line> mixed = new ArrayList<>(bySubject);
        Collections.shuffle(mixed, new Random(3));
        final MarginalSettings settings = settings(VisitStructure.HETEROGENEOUS_AR1)
            .withComparison(List.of(VisitStructure.INDEPENDENT, VisitStructure.DIAGONAL));
        final ModelFit one = fit(settings, new Streamed(frame(bySubject)));
        final double[] inOrder = fitted(one, frame(bySubject), 5000);
        for (final List<Line> lines : List.of(byVisit, mixed)) {
            final ModelFit other = fit(settings, new Streamed(frame(lines)));
            assertEquals(Simulated.deviance(one), Simulated.deviance(other), ROUNDING * Simulated.deviance(one));
            Figures.assertClose(figures(one), figures(other), SEARCH);
            final double[] fitted = fitted(other, frame(lines), 5000);
            for (int i = 0; i < lines.size(); i++) {
                final int before = bySubject.indexOf(lines.get(i)) * 5;
                Figures.assertClose(Arrays.copyOfRange(inOrder, before, before + 5),
                    Arrays.copyOfRange(fitted, 5 * i, 5 * i + 5), SEARCH);
            }
        }
    }

    @Test
    void otherMachinesWithOtherBlocksGiveTheSame() {
        final MarginalSettings settings = MarginalSettings.of(Formula.parse("y ~ arm * visit"),
            new MarginalSettings.Layout("id", "visit", null, "arm"), VisitStructure.COMPOUND_SYMMETRY)
            .withInference(i -> i.withDf(DfMethod.BETWEEN_WITHIN).withVariances(VarianceIntervals.WALD, true));
        final Frame frame = frame(lines(true));
        final ModelFit here = fit(settings, frame);
        final ModelFit there = fit(settings, new Distributed(frame));
        assertEquals(Simulated.deviance(here), Simulated.deviance(there), ROUNDING * Simulated.deviance(here));
        assertTrue(here.tables().modelFit().stream().anyMatch(row -> row.statistic().equals("Wilks arm:visit")));
        Figures.assertClose(figures(here), figures(there), SEARCH);
    }

    /** A subject without any response, and one whose rows are apart, are told as the table has them. */
    @Test
    void predictionsAreThoseOfRowsInMemory() {
        final Frame frame = frame(lines(false));
        final ModelFit fit = fit(settings(VisitStructure.TOEPLITZ), new Streamed(frame));
        final List<String> unknown = new ArrayList<>();
        fit.tables().blups().forEach(row -> unknown.addAll(row.n() == 0 ? List.of(row.level() + " " + row.effect()) : List.of()));
        assertEquals(List.of("s17 V1", "s17 V2", "s17 V3", "s17 V4"), unknown);
    }

    @Test
    void aVisitThatOccursTwiceIsNamedThoughFarApart() {
        final List<Line> lines = lines(false);
        final Line first = lines.get(0);
        lines.add(first);
        final String message =
            assertThrows(ModelException.class, () -> fit(settings(VisitStructure.AR1), new Streamed(frame(lines)))).getMessage();
        assertTrue(message.startsWith("Subject \"s0\" has two rows for visit \"V1\" (rows \"1\" and \"" + lines.size() + "\")"),
            message);
    }

    @Test
    void modelFitTellsWhatIsKept() {
        final List<Line> lines = lines(false);
        assertEquals("Read and not kept: memory grows by about 40 bytes for each id. Rows wait for others of their \"id\": at "
            + "most 3 did, of about 240 bytes; none has to where the table is in its order.", rowsUsed(lines));
        lines.sort(Comparator.comparingInt(Line::visit));
        assertTrue(rowsUsed(lines).matches(".*: at most 1\\d{4} did, of about 240 bytes.*"), rowsUsed(lines));
    }

    private static String rowsUsed(final List<Line> lines) {
        return Simulated.row(fit(settings(VisitStructure.AR1), new Streamed(frame(lines))), "Rows Used").note();
    }

    @Test
    void sandwichInfluenceAndPlacesAskForTheRows() {
        final Frame frame = frame(lines(false).subList(0, 400));
        final MarginalSettings ar1 = settings(VisitStructure.AR1);
        for (final MarginalSettings settings : List.of(
            ar1.withInference(i -> i.withFixedCovariance(FixedCovariance.CR2)),
            ar1.withInference(i -> i.withInfluence(InfluenceMethod.ONE_STEP)))) {
            assertEquals("All rows are asked for.",
                assertThrows(ModelException.class, () -> fit(settings, new Streamed(frame))).getMessage());
            try (FullHeap full = new FullHeap(1 << 10)) {
                final String message =
                    assertThrows(ModelException.class, () -> fit(settings, new Streamed(frame))).getMessage();
                assertTrue(message.startsWith("The model needs all ") && message.contains("rows at once, which take about"),
                    message);
            }
        }
        assertTrue(Simulated.row(fit(ar1.withInference(i -> i.withFixedCovariance(FixedCovariance.CR0)), frame), "Rows Used").note()
            .startsWith("All kept in memory"));
    }

    @Test
    void rowsThatWaitAreRefusedBeforeTheHeapIsFull() {
        final List<Line> lines = lines(false);
        final List<Line> twice = new ArrayList<>(lines);
        lines.forEach(line -> twice.add(new Line(line.subject + SUBJECTS, line.visit, line.base, line.weight, line.y)));
        twice.sort(Comparator.comparingInt(Line::visit)); // more than a block of rows wait
        try (FullHeap full = new FullHeap(1 << 10)) {
            final String message = assertThrows(ModelException.class,
                () -> fit(settings(VisitStructure.AR1), new Streamed(frame(twice)))).getMessage();
            assertTrue(message.matches("The rows of a subject of \"id\" are needed at once\\. After \\d+ rows \\d+ of them wait "
                + "for others of \\d+ subjects, and a quarter more would take about \\d+ MiB, .* Sort the table by that column.*"), message);
        }
    }

    /** The levels of subjects are in no kept model. */
    @Test
    void theKeptModelDoesNotNameTheSubjects() {
        final ModelFit fit = fit(settings(VisitStructure.AR1), frame(lines(false).subList(0, 400)));
        assertEquals(List.of("arm", "visit"), fit.model().get().design().factors().stream().map(f -> f.column()).sorted().toList());
    }
}
