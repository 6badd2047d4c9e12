package dev.mixedmodels.engine.multilevel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.FullHeap;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Centering;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Level;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Mode;
import dev.mixedmodels.engine.testing.Distributed;
import dev.mixedmodels.engine.testing.Figures;
import dev.mixedmodels.engine.testing.Streamed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multilevel models of tables that are read block by block and never kept. */
final class StreamedLevelsTest {
    private static final int SCHOOLS = 40;
    private static final int CLASSES = 6;
    private static final int RATERS = 30;
    private static final int ROWS = 2 * RowSource.BLOCK + 321;
    /** Sums of other groups of rows round differently, and the search stops within this of the maximum. */
    private static final double ROUNDING = 1e-10;

    /** Rows in random order; schools are texts; some values are missing. */
    private static Frame frame() {
        final Random random = new Random(11);
        final FrameBuilder builder = new FrameBuilder(ROWS);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int w = builder.addNumeric("w");
        final int school = builder.addNominal("school");
        final int group = builder.addInteger("class");
        final int rater = builder.addInteger("rater");
        final double[] ofSchool = random.doubles(SCHOOLS, -2, 2).toArray();
        final double[] ofClass = random.doubles(SCHOOLS * CLASSES, -1, 1).toArray();
        final double[] slope = random.doubles(SCHOOLS, -0.4, 0.4).toArray();
        final double[] ofRater = random.doubles(RATERS, -1, 1).toArray();
        for (int row = 0; row < ROWS; row++) {
            final int s = random.nextInt(SCHOOLS);
            final int c = random.nextInt(CLASSES);
            final int r = random.nextInt(RATERS);
            final double at = 2000 + s % 5 + random.nextDouble();
            builder.text(school, "s" + s);
            builder.integer(group, c);
            builder.integer(rater, r);
            builder.number(x, at);
            builder.number(w, 0.5 + random.nextInt(3));
            if (random.nextInt(50) > 0) {
                builder.number(y, 1e4 + ofSchool[s] + ofClass[s * CLASSES + c] + ofRater[r]
                    + (0.7 + slope[s]) * (at - 2002) + random.nextGaussian());
            }
            builder.endRow();
        }
        return builder.build();
    }

    /** Levels by columns with a split covariate, levels that are crossed, a single level. */
    private static MultilevelSettings settings(final String name) {
        final ModelSpecification model = switch (name) {
            case "nested" -> new LevelSpecification("y", List.of("x"), List.of(),
                List.of(new Level("school", List.of("x"), RandomStructure.UNSTRUCTURED),
                    new Level("class", List.of(), RandomStructure.UNSTRUCTURED)),
                false, List.of(new Centering("x", Mode.WITHIN_AND_BETWEEN, "school")));
            case "crossed" -> formula("y ~ x + (1 | school/class) + (1 | rater)");
            default -> formula("y ~ x + (x | school)");
        };
        return MultilevelSettings.of(model).withOptions(DesignOptions.DEFAULT.withWeights("w"));
    }

    private static ModelSpecification formula(final String text) {
        return new ModelSpecification.ByFormula(Formula.parse(text));
    }

    private static ModelFit fit(final MultilevelSettings settings, final RowSource table) {
        return MultilevelModel.fit(settings, table, Progress.NONE, new Warnings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested", "crossed", "single"})
    void aTableThatIsReadHasTheFiguresOfOneInMemoryBitForBit(final String model) throws Exception {
        final Frame frame = frame();
        final MultilevelSettings settings = settings(model);
        final ModelFit kept = fit(settings, frame);
        final double[] figures = Figures.of(kept.tables());
        assertTrue(figures.length > 3 * SCHOOLS);
        for (final int threads : new int[] {1, 3}) {
            final ForkJoinPool pool = new ForkJoinPool(threads);
            assertArrayEquals(figures,
                pool.submit(() -> Figures.of(fit(settings, new Streamed(frame)).tables())).get(), 0);
            pool.shutdown();
        }
        Figures.assertClose(figures, Figures.of(fit(settings, new Distributed(frame)).tables()), ROUNDING);
        final double[] fitted = Figures.fitted(kept.parts().begin(true), frame, ROWS);
        final ModelFit read = fit(settings, new Streamed(frame));
        assertArrayEquals(fitted, Figures.fitted(read.parts().begin(true), frame, 777), 0);
        assertFalse(Double.isNaN(fitted[4]));
        assertArrayEquals(kept.model().get().units().get(0).blup(), read.model().get().units().get(0).blup(), 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested", "single"})
    void influenceAndSandwichNeedNoRows(final String model) {
        final Frame frame = frame();
        final MultilevelSettings settings = settings(model).withInference(
            i -> i.withInfluence(InfluenceMethod.ONE_STEP).withFixedCovariance(FixedCovariance.CR2)
                .withVariances(VarianceIntervals.NONE, false));
        final double[] figures = Figures.of(fit(settings, frame).tables());
        assertTrue(figures.length > SCHOOLS);
        assertArrayEquals(figures, Figures.of(fit(settings, new Streamed(frame)).tables()), 0);
    }

    @Test
    void pairsOfCrossedUnitsAreRefusedBeforeTheHeapIsFull() {
        final RowSource table = new Streamed(frame());
        final MultilevelSettings settings = settings("crossed");
        try (FullHeap full = new FullHeap(1 << 16)) {
            final String message = assertThrows(ModelException.class, () -> fit(settings, table)).getMessage();
            assertTrue(message.contains("pairs of crossed units that have a row in common, take about 0 MiB"), message);
            assertTrue(message.contains("-Xmx") && message.contains("leave out a random effect"), message);
        }
    }

    @Test
    void bootstrapAndContainmentAskForTheRows() {
        final RowSource table = new Streamed(frame());
        for (final MultilevelSettings settings : List.of(
            settings("single").withInference(i -> i.withDf(DfMethod.CONTAINMENT)),
            settings("nested").withInference(i -> i.withVariances(VarianceIntervals.bootstrap(10, 1), false)))) {
            assertEquals("All rows are asked for.",
                assertThrows(ModelException.class, () -> fit(settings, table)).getMessage());
        }
    }

    @Test
    void theShownRowsHaveTheirNamesInTheTable() {
        final Frame frame = frame().named(rows -> Arrays.stream(rows).mapToObj(i -> "r" + i).toArray(String[]::new));
        final Set<String> names = new LinkedHashSet<>();
        fit(settings("nested"), frame).tables().covarianceMatrices().forEach(r -> {
            if (r.matrix().equals("V")) {
                names.add(r.row());
            }
        });
        final List<String> expected = new ArrayList<>();
        for (int row = 0; expected.size() < 12; row++) {
            if (((NominalColumn) frame.column("school")).text(row).equals("s0") && !frame.column("y").missing(row)) {
                expected.add("r" + row);
            }
        }
        assertEquals(expected, List.copyOf(names));
    }

    @Test
    void modelFitTellsWhatIsKept() {
        assertTrue(Fits.statistic(fit(settings("crossed"), frame()), "Rows Used").note()
            .matches("Read and not kept: memory grows by about .* bytes for each school, .* bytes for each school/class, .* "
                + "bytes for each rater, .* for each pair of school and rater that occurs and .* for each pair of "
                + "school/class and rater that occurs."));
    }
}
