package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.FullHeap;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.MissingValues;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import dev.mixedmodels.engine.testing.Distributed;
import dev.mixedmodels.engine.testing.Streamed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Units of tables that are gone through and not kept, in two blocks. */
class StreamedUnitsTest {
    private static final double NONE = Double.NaN;
    private static final int UNITS = RowSource.BLOCK + 100;
    private static final int FEW = 150;

    private static double[][] data(final Family family, final int k) {
        final double[][] data = switch (family) {
            case GAUSSIAN -> Fits.estimates(k, 1, 3);
            case POISSON_GAMMA -> Fits.counts(k, 3);
            case BETA_BINOMIAL -> Fits.successes(k, 3);
        };
        for (int i = 0; i < k; i += 50) {
            data[0][i] = NONE; // to be predicted
        }
        return data;
    }

    /** Units u0, u1, ... with a covariate x; every 70th from the 7th on has no name and is left out. */
    private static Frame frame(final double[][] data) {
        final int k = data[0].length;
        final double[] x = new double[k];
        Arrays.setAll(x, i -> 1000 + i % 13);
        return new Frame(k, List.of(
            NominalColumn.of("unit", IntStream.range(0, k).mapToObj(i -> i % 70 == 7 ? null : "u" + i).toList()),
            new NumericColumn("y", data[0]), new NumericColumn("n", data[1]), new NumericColumn("x", x)));
    }

    private static UnitColumns columns(final String unit, final String... covariates) {
        return new UnitColumns(unit, "y", "n", NONE, NONE, List.of(covariates));
    }

    private static EmpiricalBayesResult fit(final EmpiricalBayesSettings.Builder settings, final UnitColumns columns,
        final RowSource table) {
        return fit(settings, columns, DesignOptions.DEFAULT, table, new Warnings());
    }

    private static EmpiricalBayesResult fit(final EmpiricalBayesSettings.Builder settings, final UnitColumns columns,
        final DesignOptions options, final RowSource table, final Warnings warnings) {
        return EmpiricalBayes.fit(new UnitModel(settings.build(), columns, options), table, Progress.NONE, warnings);
    }

    private static String message(final EmpiricalBayesSettings.Builder settings, final UnitColumns columns,
        final RowSource table) {
        return assertThrows(ModelException.class, () -> fit(settings, columns, table)).getMessage();
    }

    private static List<FitStatisticRow> figures(final EmpiricalBayesResult result) {
        return result.tables().modelFit().stream().filter(row -> !Double.isNaN(row.value())).toList();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void figuresAreThoseOfUnitsInMemory(final Family family) {
        final double[][] data = data(family, UNITS);
        final Frame frame = frame(data);
        final boolean[] usable = new boolean[UNITS];
        final double[] y = data[0].clone();
        for (int i = 0; i < UNITS; i++) {
            usable[i] = i % 70 != 7;
            y[i] = usable[i] ? y[i] : NONE;
        }
        final Units units =
            new Units("unit", i -> i % 70 == 7 ? "" : "u" + i, y, data[1], MeanDesign.INTERCEPT, usable);
        final EmpiricalBayesSettings.Builder settings = EmpiricalBayesSettings.builder(family).threshold(0.3);
        final EmpiricalBayesResult memory =
            EmpiricalBayes.fit(settings.build(), units, Progress.NONE, new Warnings());
        for (final RowSource table : List.of(new Streamed(frame), new Distributed(frame))) {
            final EmpiricalBayesResult result = fit(settings, columns("unit"), table);
            assertEquals(memory.tables().fixedEffects(), result.tables().fixedEffects());
            assertEquals(memory.tables().covarianceParameters(), result.tables().covarianceParameters());
            assertEquals(memory.tables().covarianceMatrices(), result.tables().covarianceMatrices());
            assertEquals(figures(memory), figures(result));
        }
        final EmpiricalBayesResult result = fit(settings, columns("unit"), new Streamed(frame));
        assertSame(Distributed.copy(result.rule()), frame, memory.rule().of(units), 977);
    }

    /** Every eleventh row, in blocks of another size than the fit has. */
    private static void assertSame(final ShrinkageRule rule, final Frame table, final ShrunkenUnits expected, final int size) {
        for (int first = 0; first < table.rows(); first += size) {
            final Frame block = table.part(first, Math.min(table.rows(), first + size));
            final ShrunkenUnits part = rule.of(block, first);
            for (int row = first % 11; row < block.rows(); row += 11) {
                assertEquals(expected.shrinkage(first + row), part.shrinkage(row));
                assertEquals(expected.fitted(first + row), part.fitted(row));
                assertEquals(expected.isUsed(first + row), part.isUsed(row));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PosteriorVariance.class)
    void covariatesRanksAndNumbersOfRowsGoOverBlocks(final PosteriorVariance variance) {
        final Frame frame = frame(data(Family.GAUSSIAN, 3 * FEW));
        final EmpiricalBayesSettings.Builder settings =
            Fits.gaussian().posteriorVariance(variance).simulation(1, 5).ranks(true);
        final EmpiricalBayesResult memory = fit(settings, columns(null, "x"), frame);
        assertSame(memory.rule(), frame, memory.rule().of(frame, 0), 100);
        final ShrinkageRow last = memory.rule().of(frame, 0).shrinkage(3 * FEW - 1);
        assertEquals(Integer.toString(3 * FEW), last.unit());
        assertTrue(last.rank() >= 1 && last.rank() <= 3 * FEW, last.toString());
        assertTrue(Double.isNaN(memory.rule().of(frame, 0).shrinkage(50).rank()));
    }

    @Test
    void modelFitSaysWhatAUnitTakesAndWhatDoesNotFitIsRefused() {
        final Frame frame = frame(data(Family.GAUSSIAN, UNITS));
        final FitStatisticRow rows = fit(Fits.gaussian(), columns("unit", "x"), new Streamed(frame)).tables().modelFit().stream()
            .filter(row -> row.statistic().equals("Rows Used")).findFirst().orElseThrow();
        assertEquals("Read and not kept: memory grows by about 68 bytes for each unit.", rows.note());
        try (FullHeap full = new FullHeap(1 << 19)) {
            assertRefused("32", new Streamed(frame));
            assertRefused("56", new Distributed(frame));
        }
    }

    private static void assertRefused(final String bytes, final RowSource table) {
        final String message = message(Fits.gaussian(), columns("unit"), table);
        assertTrue(message.matches("What the model needs of its units stays in memory: \\d{5} units of " + bytes
            + " bytes each take about \\d MiB, and the heap has 0 of \\d+ MiB left\\. .*"), message);
    }

    @Test
    void wrongUnitsAreNamedByTheirRowOfTheTable() {
        final double[][] data = data(Family.POISSON_GAMMA, UNITS);
        data[0][UNITS - 1] = 0.5;
        assertEquals("Unit \"u" + (UNITS - 1) + "\" (row \"" + UNITS
            + "\"): the count is 0.5; counts must be whole numbers of at least 0.",
            message(Fits.poisson(), columns("unit"), new Streamed(frame(data))));
        final double[][] estimates = data(Family.GAUSSIAN, UNITS);
        estimates[1][UNITS - 1] = 0;
        final EmpiricalBayesSettings.Builder anyPrior = Fits.gaussian().prior(Prior.NONPARAMETRIC);
        assertTrue(message(anyPrior, columns("unit"), new Streamed(frame(estimates)))
            .startsWith("Unit \"u" + (UNITS - 1) + "\" has the standard error 0"));
        assertTrue(message(anyPrior, columns(null), new Streamed(frame(estimates)))
            .startsWith("Row \"" + UNITS + "\" has the standard error 0"));
        assertThrows(ModelException.class, () -> fit(Fits.gaussian(), columns("unit"),
            DesignOptions.DEFAULT.withMissing(MissingValues.FAIL), new Streamed(frame(data)), new Warnings()));
    }

    @Test
    void unitsOfSeveralRowsAreNamedInTheOrderInWhichTheyComeAgain() {
        final double[][] data = data(Family.POISSON_GAMMA, UNITS);
        final String[] names = new String[UNITS];
        Arrays.setAll(names, i -> "u" + i);
        names[UNITS - 1] = "u3";
        names[UNITS - 3] = "u2";
        names[UNITS - 2] = "u2";
        assertEquals("Some units occur in more than one row (u2, u3):", repeated(data, names));
        names[RowSource.BLOCK] = "u1";
        names[RowSource.BLOCK + 1] = "u0";
        assertEquals("Some units occur in more than one row (u1, u0, u2, ...):", repeated(data, names));
    }

    private static String repeated(final double[][] data, final String[] names) {
        final Warnings warnings = new Warnings();
        fit(Fits.poisson(), columns("unit"), DesignOptions.DEFAULT,
            new Streamed(frame(data).with(NominalColumn.of("unit", Arrays.asList(names)))), warnings);
        return warnings.list().stream().filter(text -> text.startsWith("Some units")).findFirst().orElseThrow()
            .replaceAll(":.*", ":");
    }

    /** The kept prior is in the coordinates of the fit, which are others than those of the data here. */
    @Test
    void aGivenPriorOfHugeEstimatesIsKept() {
        final double[][] data = data(Family.GAUSSIAN, FEW);
        for (int i = 0; i < FEW; i++) {
            data[0][i] *= 0x1p200;
            data[1][i] *= 0x1p200;
        }
        final Frame frame = frame(data);
        final EmpiricalBayesResult result = fit(Fits.gaussian().given(0x1p400, 0x1p201), columns(null), frame);
        final NewUnits kept = new NewUnits(result.prior(), null, ModelFrame.ofNew(frame, "y", List.of("n")), 0.95);
        for (int row = 0; row < FEW; row++) {
            assertEquals(result.rule().of(frame, 0).shrinkage(row).mean(), kept.posterior(row).mean());
        }
    }
}
