package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.report.UnitSizes;
import dev.mixedmodels.engine.statistics.UnitOrder;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What is known of some subjects together.
 *
 * @param rows their rows
 * @param ranks sum of the ranks of their Z
 * @param within sums of squares and products within subjects, as the reduced rows have them
 * @param order how their rows follow one another
 * @param plain products of [w z] without weights; null where nobody needs them
 * @param sizes how many rows subjects have
 * @param most the first subject of those with most rows
 */
record SubjectTotals(long rows, long ranks, double[] within, UnitOrder order, CrossProducts plain, UnitSizes sizes,
    int most) implements Serializable {

    /** Of these and of other subjects. */
    SubjectTotals and(final SubjectTotals other) {
        final double[] sum = within.clone();
        Arrays.setAll(sum, i -> within[i] + other.within[i]);
        CrossProducts products = null;
        if (plain != null) {
            products = plain.copy();
            products.merge(other.plain);
        }
        final int compared = Integer.compare(sizes.most(), other.sizes.most());
        return new SubjectTotals(rows + other.rows, ranks + other.ranks, sum, order.and(other.order), products,
            sizes.and(other.sizes), compared > 0 || compared == 0 && most < other.most ? most : other.most);
    }
}
