package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.NumberedLevels;
import dev.mixedmodels.engine.frame.Parts;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredUnits;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.Distributed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Subjects that stay where their rows are, and of which the fit knows numbers only. */
class PartedSubjectsTest {
    private static final int SUBJECTS = 40;
    private static final int PARTS = 3;
    /** Sums are merged in another order. */
    private static final double ROUNDING = 1e-12;

    private static String name(final int subject) {
        return "subject " + subject; // in natural order
    }

    /** Rows of the subjects of a part, of all if it is negative; subjects by name or by number. */
    private static Frame frame(final int part, final boolean named) {
        final Random random = new Random(3);
        final FrameBuilder builder = new FrameBuilder(0);
        builder.addNumeric("y");
        builder.addNumeric("x");
        if (named) {
            builder.addNominal("id");
        } else {
            builder.addInteger("id");
        }
        final double[] level = random.doubles(SUBJECTS).map(u -> 9 * u).toArray();
        final double[] slope = random.doubles(SUBJECTS).map(u -> 2 * u).toArray();
        for (int row = 0; row < 600; row++) {
            final int subject = random.nextInt(4) == 0 ? 5 : random.nextInt(SUBJECTS);
            final double x = row / 100.0;
            final double y = 100 + level[subject] + slope[subject] * x + random.nextGaussian();
            if (part < 0 || subject % PARTS == part) {
                if (row % 37 > 0) {
                    builder.number(0, y);
                }
                builder.number(1, x);
                if (named) {
                    builder.text(2, name(subject));
                } else {
                    builder.integer(2, subject);
                }
                builder.endRow();
            }
        }
        return builder.build();
    }

    /** Parts on other machines: whatever goes there and comes back is written and read. */
    private record Sent<T>(List<T> all) implements Parts<T> {
        @Override
        public <R> R reduce(final Step<T, R> step, final Merge<R> merge, final Progress progress) {
            return all.stream().map(part -> Distributed.copy(Distributed.copy(step).apply(part)))
                .reduce(Distributed.copy(merge)).orElseThrow();
        }

        @Override
        public T only() {
            return null;
        }

        @Override
        public void release() {
            // goes with its last reference
        }
    }

    /** A table in parts. */
    private static final class Parted implements RowSource {
        private final List<Frame> parts = IntStream.range(0, PARTS).mapToObj(part -> PartedSubjectsTest.frame(part, false))
            .toList();

        @Override
        public Frame header() {
            return parts.get(0).header();
        }

        @Override
        public RowNames rowNames() {
            return RowNames.NUMBERS;
        }

        @Override
        public <F extends Fold<F>> F fold(final F sums, final Progress progress) {
            parts.forEach(part -> sums.merge(gathered(sums, part)));
            return sums;
        }

        private static <F extends Fold<F>> F gathered(final F sums, final Frame part) {
            final F own = Distributed.copy(sums).fresh();
            own.add(part);
            return Distributed.copy(own);
        }

        @Override
        public <F extends Fold<F>, T> Parts<T> parts(final F sums, final Parts.Step<F, T> keep,
            final Progress progress) {
            return new Sent<>(parts.stream().map(part -> Distributed.copy(keep).apply(gathered(sums, part))).toList());
        }

        @Override
        public NumberedLevels numbered(final String column) {
            return !column.equals("id") ? null
                : Distributed.numbered(IntStream.range(0, SUBJECTS).mapToObj(PartedSubjectsTest::name).toList());
        }

        @Override
        public Frame frame(final Progress progress) {
            throw new AssertionError("No one asks for all rows.");
        }
    }

    private static LongitudinalSettings settings() {
        return LongitudinalSettings.of(Formula.parse("y ~ x + (x | id)"));
    }

    private static double[] numbers(final BlupRow row) {
        return new double[] {row.blup(), row.stdError(), row.conditionalStdDev(), row.lower(), row.upper(),
            row.coefficient(), row.coefficientStdError(), row.n(), row.reliability()};
    }

    private static double[] numbers(final FittedRow row) {
        return new double[] {row.marginal(), row.conditional(), row.residual(), row.pearson(), row.normalized()};
    }

    private static void assertClose(final double[] expected, final double[] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i],
                Double.isNaN(expected[i]) ? 0 : 100 * ROUNDING * Math.max(1, Math.abs(expected[i])));
        }
    }

    @Test
    void theFitIsThatOfAllSubjectsInOnePlace() {
        final Warnings warnings = new Warnings();
        final LongitudinalFit near = LongitudinalModel.fit(settings(), frame(-1, true), Progress.NONE, warnings);
        final Parted table = new Parted();
        final LongitudinalFit far = LongitudinalModel.fit(settings(), table, Progress.NONE, warnings);
        assertEquals(near.criterion(), far.criterion(), ROUNDING * Math.abs(near.criterion()));
        assertClose(FitFigures.covarianceParameters(near), FitFigures.covarianceParameters(far));
        final ModelTables tables = near.tables(Progress.NONE, warnings);
        final ModelTables other = far.tables(Progress.NONE, warnings);
        IntStream.range(0, tables.modelFit().size()).filter(i -> tables.modelFit().get(i).statistic().contains("Visits per")
            || tables.modelFit().get(i).statistic().contains("Levels of")).forEach(i -> assertEquals(tables.modelFit().get(i),
                other.modelFit().get(i)));
        assertEquals("subject 5", StreamSupport.stream(other.covarianceMatrices().spliterator(), false)
            .filter(row -> row.matrix().equals("V")).findFirst().orElseThrow().block());
        blups(tables, far);
        fitted(near, far, table);
        stored(near.stored(tables), far.stored(other));
    }

    private static void blups(final ModelTables near, final LongitudinalFit far) {
        final BlupRow[] all = new BlupRow[2 * SUBJECTS];
        final SubjectPredictions predictions = Distributed.copy(far.predictions());
        far.subjects().reduce(part -> new ArrayList<>(List.of(part)), (one, more) -> {
            one.addAll(more);
            return one;
        }, Progress.NONE).forEach(part -> predictions.blups(part, PartedSubjectsTest::name).forEach(
            blups -> IntStream.range(0, 2).forEach(i -> all[2 * blups.subject() + i] = blups.rows().get(i))));
        int i = 0;
        for (final BlupRow row : near.blups()) {
            assertEquals(List.of(row.level(), row.effect()), List.of(all[i].level(), all[i].effect()));
            assertClose(numbers(row), numbers(all[i++]));
        }
        assertEquals(all.length, i);
    }

    private static void fitted(final LongitudinalFit near, final LongitudinalFit far, final Parted table) {
        final IntFunction<FittedRow> all = FitFigures.fittedValues(near);
        final SubjectPredictions predictions = Distributed.copy(far.predictions());
        final Frame whole = frame(-1, false);
        for (int p = 0; p < PARTS; p++) {
            final SubjectPart part = ((Sent<SubjectPart>) far.subjects()).all().get(p);
            final Function<Frame, FittedPart> next = predictions.fittedRows(part);
            final IntFunction<FittedRow> rows = next.apply(table.parts.get(p)).rows();
            int row = 0;
            for (int i = 0; i < whole.rows(); i++) {
                if ((int) whole.column("id").value(i) % PARTS == p) {
                    assertClose(numbers(all.apply(i)), numbers(rows.apply(row++)));
                }
            }
            assertEquals(table.parts.get(p).rows(), row);
        }
    }

    private static void stored(final StoredModel near, final StoredModel far) {
        assertEquals(near.design().factor("id").levels(), far.design().factor("id").levels());
        final StoredUnits units = near.units().get(0);
        final StoredUnits other = far.units().get(0);
        assertArrayEquals(units.rows(), other.rows());
        assertClose(units.blup(), other.blup());
        assertArrayEquals(units.half(), other.half(), 1e-5F); // of single precision
        assertArrayEquals(units.onMean(), other.onMean(), 1e-5F);
    }
}
