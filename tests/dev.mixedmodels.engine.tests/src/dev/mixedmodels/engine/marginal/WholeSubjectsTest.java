package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.NumberedLevels;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.Distributed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks that have all rows of their subjects, which are known by numbers, against the table in memory by names. */
final class WholeSubjectsTest {
    private static final int SUBJECTS = 150; // the last has no response
    private static final int OF_A_BLOCK = 40;
    private static final int VISITS = 4;
    /** Products are summed in another order; the search ends elsewhere within its tolerance. */
    private static final double ROUNDING = 1e-9;

    private record Line(int subject, int visit, double y) {
    }

    private static List<Line> lines() {
        final Random random = new Random(5);
        final List<Line> lines = new ArrayList<>();
        for (int s = 0; s < SUBJECTS; s++) {
            final List<Line> own = new ArrayList<>();
            final double level = 2 * random.nextGaussian();
            for (int v = 0; v < VISITS; v++) {
                final double y = 100 + level + v + (1 + v / 4.0) * random.nextGaussian();
                final double u = random.nextDouble();
                if (u > 0.1) {
                    own.add(new Line(s, v, u < 0.2 || s == SUBJECTS - 1 ? Double.NaN : y));
                }
            }
            Collections.shuffle(own, random);
            lines.addAll(own);
        }
        return lines;
    }

    private static String name(final int subject) {
        return String.format("s%03d", subject);
    }

    private static Frame frame(final List<Line> lines, final boolean numbered) {
        final FrameBuilder builder = new FrameBuilder(lines.size());
        builder.addNumeric("y");
        builder.addNominal("visit");
        builder.addNominal("arm");
        if (numbered) {
            builder.addInteger("id");
        } else {
            builder.addNominal("id");
        }
        for (final Line line : lines) {
            if (!Double.isNaN(line.y)) {
                builder.number(0, line.y);
            }
            builder.text(1, "V" + line.visit);
            builder.text(2, line.subject % 2 == 0 ? "a" : "b");
            if (numbered) {
                builder.integer(3, line.subject);
            } else {
                builder.text(3, name(line.subject));
            }
            builder.endRow();
        }
        return builder.build();
    }

    /** The same table as a cluster has it. */
    private record Blocks(List<Frame> blocks) implements RowSource {
        static Blocks of(final List<Line> lines) {
            return new Blocks(IntStream.rangeClosed(0, SUBJECTS / OF_A_BLOCK).mapToObj(b -> WholeSubjectsTest.frame(
                lines.stream().filter(line -> line.subject / OF_A_BLOCK == b).toList(), true)).toList());
        }

        @Override
        public Frame header() {
            return blocks.get(0).header();
        }

        @Override
        public RowNames rowNames() {
            return RowNames.NUMBERS;
        }

        @Override
        public <F extends Fold<F>> F fold(final F sums, final Progress progress) {
            blocks.forEach(block -> {
                final F part = sums.fresh();
                part.add(block);
                sums.merge(part);
            });
            return sums;
        }

        @Override
        public NumberedLevels numbered(final String column) {
            return !column.equals("id") ? null
                : Distributed.numbered(IntStream.range(0, SUBJECTS - 1).mapToObj(WholeSubjectsTest::name).toList());
        }

        @Override
        public boolean inBlocks(final String column) {
            return column.equals("id");
        }

        @Override
        public Frame frame(final Progress progress) {
            throw new AssertionError("nobody needs all rows");
        }
    }

    private static MarginalFit fit(final VisitStructure structure, final RowSource table) {
        return MarginalModel.fitted(MarginalSettings.of(Formula.parse("y ~ arm * visit"),
            new MarginalSettings.Layout("id", "visit", null, null), structure), table, Progress.NONE, new Warnings());
    }

    private static <R> void assertNear(final Iterable<R> expected, final Iterable<R> actual,
        final Function<R, double[]> figures) {
        final List<R> all = new ArrayList<>();
        expected.forEach(all::add);
        int next = 0;
        for (final R row : actual) {
            final double[] e = figures.apply(all.get(next++));
            final double[] a = figures.apply(row);
            for (int i = 0; i < e.length; i++) {
                assertEquals(e[i], a[i], Double.isNaN(e[i]) ? ROUNDING : ROUNDING * Math.max(1, Math.abs(e[i])),
                    row.toString());
            }
        }
        assertEquals(all.size(), next);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNSTRUCTURED", "HETEROGENEOUS_AR1", "COMPOUND_SYMMETRY", "INDEPENDENT"})
    void theyGiveTheSameTables(final VisitStructure structure) {
        final List<Line> lines = lines();
        final Blocks blocks = Blocks.of(lines);
        final Frame table = frame(lines, false);
        final MarginalFit whole = fit(structure, table);
        final MarginalFit parted = fit(structure, blocks);
        assertNear(whole.fit().tables().fixedEffects(), parted.fit().tables().fixedEffects(),
            (final FixedEffectRow row) -> new double[] {row.estimate(), row.stdError(), row.df()});
        assertNear(whole.fit().tables().covarianceParameters(), parted.fit().tables().covarianceParameters(),
            (final CovarianceParameterRow row) -> new double[] {row.estimate()});
        final List<BlupRow> predicted = blocks.blocks.stream()
            .flatMap(block -> parted.blocks().predictions(block, WholeSubjectsTest::name))
            .map(BlockPredictions.Predicted::row).toList();
        final List<BlupRow> expected = new ArrayList<>();
        whole.fit().tables().blups().forEach(expected::add);
        assertTrue(parted.blocks().any() && !expected.isEmpty());
        assertEquals(expected.stream().map(row -> row.level() + row.effect() + row.n()).toList(),
            predicted.stream().map(row -> row.level() + row.effect() + row.n()).toList());
        assertNear(expected, predicted,
            row -> new double[] {row.blup(), row.stdError(), row.conditionalStdDev(), row.lower(), row.upper()});
        final List<FittedRow> rows = new ArrayList<>();
        final var told = parted.fit().parts().begin(true);
        blocks.blocks.forEach(block -> IntStream.range(0, block.rows()).mapToObj(told.apply(block).rows())
            .forEach(rows::add));
        assertNear(IntStream.range(0, lines.size())
            .mapToObj(whole.fit().parts().begin(true).apply(table).rows()).toList(), rows,
            row -> new double[] {row.marginal(), row.conditional(), row.residual(), row.pearson(), row.normalized()});
    }

    /** Who has the names puts them in. */
    @Test
    void aSubjectThatIsWrongIsToldByItsNumber() {
        final List<Line> lines = lines();
        final Line first = lines.stream().filter(line -> line.subject == 7 && line.y > 0).findFirst().orElseThrow();
        lines.add(lines.indexOf(first), first);
        final ModelException error =
            assertThrows(ModelException.class, () -> fit(VisitStructure.UNSTRUCTURED, Blocks.of(lines)));
        assertTrue(error.getMessage().contains("Subject \"7\" has two rows"), error.getMessage());
        final String named = error.withLevels(WholeSubjectsTest::name).withRows(rows -> new String[] {"r" + rows[0]})
            .getMessage();
        assertTrue(named.contains("Subject \"s007\" has two rows") && named.contains("\"r"), named);
    }
}
