package dev.mixedmodels.engine.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.numeric.CrossProducts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Columns over spans of rows are the rows of the design, to the last bit; products of columns of X serve Z. */
class RowSpanTest {
    private static final int ROWS = 3 * RowSpan.MOST + 17;

    private static Frame table() {
        final SplittableRandom random = new SplittableRandom(2);
        final FrameBuilder builder = new FrameBuilder(ROWS);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int n = builder.addInteger("n");
        final int a = builder.addNominal("a");
        final int g = builder.addInteger("g");
        for (int i = 0; i < ROWS; i++) {
            builder.number(y, i % 50 == 3 ? Double.NaN : 5 + random.nextGaussian());
            builder.number(x, i % 70 == 5 ? Double.NaN : 1 + random.nextDouble());
            builder.integer(n, i % 7);
            builder.text(a, "abc".substring(i % 3, i % 3 + 1));
            builder.integer(g, 3L * random.nextInt(20));
            builder.endRow();
        }
        return builder.build();
    }

    private static ModelDesign design(final String formula) {
        return ModelDesign.of(table(), Formula.parse(formula), DesignOptions.DEFAULT, new Warnings());
    }

    private static void assertSame(final String formula) {
        final ModelDesign design = design(formula);
        final RandomDesign random = design.random().get(0);
        final double[][] w = new double[design.fixed().columns()][RowSpan.MOST];
        final double[][] z = new double[1 + random.effects()][RowSpan.MOST];
        final double[] y = new double[RowSpan.MOST];
        final double[] row = new double[w.length];
        final double[] effects = new double[random.effects()];
        final int[] seen = new int[1];
        RowSpan.each(design.rows().fitted(), Progress.NONE, span -> {
            design.fixed().basis(span, w);
            design.response(span, y);
            random.columns(span, z, 1);
            for (int i = 0; i < span.size(); i++, seen[0]++) {
                final int at = design.rows().fitted().row(seen[0]);
                assertEquals(at, span.row(i));
                design.fixed().basisRow(at, row);
                random.row(at, effects);
                assertEquals(design.response(at), y[i]);
                assertArrayEquals(row, column(w, i, 0));
                assertArrayEquals(effects, column(z, i, 1));
            }
        });
        assertEquals(design.rows().fitted().size(), seen[0]);
    }

    private static double[] column(final double[][] columns, final int row, final int first) {
        final double[] values = new double[columns.length - first];
        for (int j = 0; j < values.length; j++) {
            values[j] = columns[first + j][row];
        }
        return values;
    }

    @Test
    void columnsAreRows() {
        assertSame("y ~ x + n + (x | g)");
        assertSame("log(y) ~ a * x + poly(n, 2) + offset(n) + (0 + a | g)");
        assertSame("y ~ 0 + a:log(x) + bs(x, 4) + (1 + x:n | g)");
    }

    @Test
    void productsOfColumnsThatBothHaveAreThoseOfX() {
        for (final String random : new String[] {"(x + n | g)", "(n + x || g)", "(0 + log(x) | g)", "(n:x | g)"}) {
            final ModelDesign both = design("y ~ x + n + log(x) + x:n + " + random);
            final ModelDesign apart = design("y ~ 1 + x:log(x):n + log(n + 2) + poly(x, 3) + " + random);
            assertEquals(apart.randomProducts().size(), both.randomProducts().size());
            for (int b = 0; b < both.randomProducts().size(); b++) {
                final CrossProducts expected = apart.randomProducts().get(b).products();
                final CrossProducts found = both.randomProducts().get(b).products();
                assertEquals(expected.count(), found.count());
                assertEquals(expected.weight(), found.weight());
                for (int i = 0; i < expected.columns(); i++) {
                    assertEquals(expected.mean(i), found.mean(i));
                    for (int j = 0; j <= i; j++) {
                        assertEquals(expected.product(i, j), found.product(i, j), 1e-13 * expected.product(i, i));
                    }
                }
            }
        }
    }
}
