package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.design.RandomProducts;
import dev.mixedmodels.engine.design.WorkingBasis;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.numeric.OrderedCholesky;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * An orthonormal basis of what some columns of Z span over the fitted rows.
 *
 * @param working the basis
 * @param kept which of the columns it is made of
 * @param combinations all of the columns as its combinations
 */
record RandomBasis(WorkingBasis working, int[] kept, double[][] combinations) implements Serializable {

    /** From the products of the columns, of which the first may be the intercept. */
    static RandomBasis of(final RandomProducts random, final boolean intercept) {
        final int count = random.products().columns();
        final OrderedCholesky cholesky = OrderedCholesky.of(random.products(), count, intercept);
        final WorkingBasis working = new WorkingBasis(random.products(), cholesky, intercept);
        final int[] kept = cholesky.kept();
        final double[][] combinations = new double[count][count];
        for (int j = 0; j < count; j++) {
            final int place = Arrays.binarySearch(kept, j);
            double[] b = new double[kept.length];
            if (place >= 0) {
                b[place] = 1;
            } else {
                b = Arrays.copyOf(cholesky.projection(j)[0], kept.length);
            }
            final double[] c = working.coordinates(b, random.products().shift(j));
            for (int i = 0; i < c.length; i++) {
                combinations[i][j] = c[i];
            }
        }
        return new RandomBasis(working, kept, combinations);
    }

    /** A row of Z, all terms one after the other. */
    static void row(final List<RandomDesign> terms, final int row, final double[] z) {
        int at = 0;
        for (final RandomDesign term : terms) {
            term.row(row, z, at);
            at += term.effects();
        }
    }

    /** Some rows of Z, all terms one after the other, column by column. */
    static void columns(final List<RandomDesign> terms, final RowSpan span, final double[][] z) {
        int at = 0;
        for (final RandomDesign term : terms) {
            term.columns(span, z, at);
            at += term.effects();
        }
    }

    /** Turns columns of Z into the orthonormal ones, in place; those that are not needed are 0. */
    void transform(final double[][] z, final int size) {
        for (int j = 0; j < z.length; j++) {
            if (j >= kept.length) {
                Arrays.fill(z[j], 0);
            } else if (kept[j] != j) {
                System.arraycopy(z[kept[j]], 0, z[j], 0, size);
            }
        }
        working.transform(z, size);
    }
}
