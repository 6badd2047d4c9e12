package dev.mixedmodels.engine.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Degrees of freedom by containment against SAS's outputs of balanced designs and ranks of dense matrices. */
class ContainmentTest {
    private static double[] df(final String formula, final Frame frame, final DesignOptions options) {
        return Containment.degreesOfFreedom(ModelDesign.of(frame, Formula.parse(formula), options, new Warnings()),
            Progress.NONE);
    }

    private static double[] df(final String formula, final Frame frame) {
        return df(formula, frame, DesignOptions.DEFAULT);
    }

    /** Four blocks of three whole plots (A) of two subplots (B). */
    private static Frame splitPlot() {
        final FrameBuilder builder = new FrameBuilder(24);
        List.of("block", "plot", "A", "B").forEach(builder::addNominal);
        builder.addNumeric("y");
        for (int i = 0; i < 24; i++) {
            builder.text(0, "b" + i / 6);
            builder.text(1, "p" + i / 2 % 3);
            builder.text(2, "A" + (i / 2 + i / 6) % 3); // in another order in each block
            builder.text(3, "B" + i % 2);
            builder.number(4, Math.sin(i));
            builder.endRow();
        }
        return builder.build();
    }

    /** SAS/STAT User's Guide, The MIXED Procedure, Example "Split-Plot Design": A has 6, B and A*B have 9. */
    @Test
    void splitPlot24() {
        assertArrayEquals(new double[] {3, 6, 9, 9}, df("y ~ A * B + (1 | block/plot)", splitPlot()));
        for (final Coding coding : Coding.values()) {
            assertArrayEquals(new double[] {3, 6, 9, 9},
                df("y ~ A * B + (1 | block) + (1 | block:plot)", splitPlot(), DesignOptions.DEFAULT.withCoding(coding)));
        }
    }

    /** Random coefficients of three batches: SAS/STAT User's Guide, Example "Random Coefficients": 2 and 2. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 2000, 1e5})
    void randomCoefficients(final double origin) {
        final FrameBuilder builder = new FrameBuilder(84);
        builder.addNominal("batch");
        builder.addNumeric("month");
        builder.addNumeric("y");
        for (int i = 0; i < 84; i++) {
            builder.text(0, "b" + i % 3);
            builder.number(1, origin + new double[] {0, 1, 3, 6, 9, 12}[i / 3 % 6]);
            builder.number(2, Math.cos(i));
            builder.endRow();
        }
        assertArrayEquals(new double[] {2, 2}, df("y ~ month + (month | batch)", builder.build()));
        assertArrayEquals(new double[] {2, 80}, df("y ~ month + (1 | batch)", builder.build()));
    }

    /** Columns x, z (numbers), f, h (h constant in units of g), groups g, k (in g), c (crossed), in random numbers. */
    private static Frame random(final Random random, final int rows) {
        final FrameBuilder builder = new FrameBuilder(rows);
        List.of("f", "h", "g", "k", "c").forEach(builder::addNominal);
        List.of("y", "x", "z", "w").forEach(builder::addNumeric);
        for (int i = 0; i < rows; i++) {
            final int g = random.nextInt(5);
            builder.text(0, "f" + (i < 3 ? i : random.nextInt(3)));
            builder.text(1, "h" + g % 2);
            builder.text(2, "g" + g);
            builder.text(3, "k" + random.nextInt(3));
            builder.text(4, "c" + random.nextInt(4));
            builder.number(5, random.nextGaussian());
            builder.number(6, random.nextGaussian());
            builder.number(7, g * g);
            builder.number(8, 1 + random.nextInt(3));
            builder.endRow();
        }
        return builder.build();
    }

    private static int rank(final List<double[]> columns) {
        return new SingularValueDecomposition(new Array2DRowRealMatrix(columns.toArray(double[][]::new))).getRank();
    }

    /** The same from X and Z in full; which effect contains which term is said by the test. */
    private static void assertDense(final String formula, final Frame frame, final boolean[][] contains) {
        final ModelDesign design = ModelDesign.of(frame, Formula.parse(formula), DesignOptions.DEFAULT.withWeights("w"),
            new Warnings());
        final int n = frame.rows();
        final List<double[]> all = new ArrayList<>();
        for (int j = 0; j < design.fixed().columns(); j++) {
            final double[] column = new double[n];
            final double[] x = new double[design.fixed().columns()];
            for (int i = 0; i < n; i++) {
                design.fixed().row(i, x);
                column[i] = x[j];
            }
            all.add(column);
        }
        final List<Integer> ranks = new ArrayList<>();
        int before = rank(all);
        for (final RandomDesign part : design.random()) {
            for (int c = 0; c < part.effects(); c++) {
                for (int unit = 0; unit < part.factor().size(); unit++) {
                    final double[] column = new double[n];
                    final double[] z = new double[part.effects()];
                    for (int i = 0; i < n; i++) {
                        part.row(i, z);
                        column[i] = part.factor().code(i) == unit ? z[c] : 0;
                    }
                    all.add(column);
                }
                if (c == part.effects() - 1 || !part.variables(c).equals(part.variables(c + 1))) {
                    final int after = rank(all);
                    ranks.add(after - before);
                    before = after;
                }
            }
        }
        final double[] expected = new double[contains.length];
        for (int t = 0; t < expected.length; t++) {
            int least = Integer.MAX_VALUE;
            for (int e = 0; e < ranks.size(); e++) {
                least = contains[t][e] ? Math.min(least, ranks.get(e)) : least;
            }
            least = least == Integer.MAX_VALUE ? n - before : least;
            expected[t] = least > 0 ? least : Double.NaN;
        }
        assertArrayEquals(expected, Containment.degreesOfFreedom(design, Progress.NONE), formula);
    }

    @Test
    void ranksOfDenseMatrices() {
        for (int seed = 0; seed < 40; seed++) {
            final Frame frame = random(new Random(seed), 24 + seed);
            assertDense("y ~ x + f + (1 | g)", frame, new boolean[][] {{true}, {false}, {false}});
            // h is constant in units, z is too, but is a number
            assertDense("y ~ x * h + z + (1 + x | g)", frame,
                new boolean[][] {{true, true}, {false, true}, {true, true}, {false, false}, {false, true}});
            assertDense("y ~ x + h + (1 | g/k) + (0 + x | c)", frame,
                new boolean[][] {{true, true, true}, {false, false, true}, {true, true, false}});
            assertDense("y ~ f + h + (1 | c) + (1 | g:k)", frame, new boolean[][] {{true, true}, {false, false}, {false, true}});
            assertDense("y ~ f + (0 + f | g) + (1 | c)", frame, new boolean[][] {{true, true}, {true, false}});
            assertDense("y ~ 0 + f + x + (x || g)", frame, new boolean[][] {{true, true}, {false, false}, {false, true}});
        }
    }

    @Test
    void tooManyLinkedEffectsAreRefusedInWords() {
        final FrameBuilder builder = new FrameBuilder(9000);
        builder.addNominal("a");
        builder.addNominal("b");
        builder.addNumeric("y");
        final Random random = new Random(1);
        for (int i = 0; i < 9000; i++) {
            builder.text(0, "a" + i % 3001);
            builder.text(1, "b" + random.nextInt(20));
            builder.number(2, random.nextGaussian());
            builder.endRow();
        }
        final Frame frame = builder.build();
        final String message =
            assertThrows(ModelException.class, () -> df("y ~ 1 + (1 | a) + (1 | b)", frame)).getMessage();
        assertTrue(message.contains("3021 random effects") && message.contains("Choose Satterthwaite"), message);
        assertArrayEquals(new double[] {3000}, df("y ~ 1 + (1 | a)", frame));
    }
}
