package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import dev.mixedmodels.engine.statistics.RowOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Cross-products of the units of an outermost level, within which those of all other factors lie, so that their rows
 * are independent of one another: [X y]'[X y] of the rows less what their random effects take off in the blocked
 * factor, as the likelihood has it.
 */
final class BlockedProducts implements UnitProducts {
    private final ModelRows rows;
    private final RowOrder order;
    private final double[][] half;
    private final int[] start;
    private final int[] places;
    private final double[] row;
    private final int p1;

    private BlockedProducts(final ModelRows rows, final RowOrder order, final double[][] half, final int[] start,
        final int[] places) {
        this.rows = rows;
        this.order = order;
        this.half = half;
        this.start = start;
        this.places = places;
        row = new double[rows.width()];
        p1 = rows.fixedEffects() + 1;
    }

    /** The same for another thread. */
    BlockedProducts copy() {
        return new BlockedProducts(rows, order, half, start, places);
    }

    /**
     * @param rows the rows of the likelihood
     * @param groupings their units by factor
     * @param outermost the factor that holds all others
     * @param vectors where the effects of a unit stand in a vector
     * @param point the likelihood at the parameters
     */
    static BlockedProducts of(final ModelRows rows, final List<Grouping> groupings, final int outermost,
        final BlockedVectors vectors, final BlockedPoint point) {
        final Grouping clusters = groupings.get(outermost);
        final int[] clusterOf = new int[vectors.length()];
        Arrays.fill(clusterOf, -1);
        for (int k = 0; k < groupings.size(); k++) {
            final int[] codes = groupings.get(k).codes();
            for (int i = 0; i < codes.length; i++) {
                final int at = vectors.at(k, codes[i]);
                Arrays.fill(clusterOf, at, at + rows.randomEffects()[k], clusters.codes()[i]);
            }
        }
        final int[] start = new int[clusters.levels() + 1];
        for (final int cluster : clusterOf) {
            if (cluster >= 0) {
                start[cluster + 1]++;
            }
        }
        for (int c = 0; c < clusters.levels(); c++) {
            start[c + 1] += start[c];
        }
        final int[] next = start.clone();
        final int[] places = new int[start[clusters.levels()]];
        for (int place = 0; place < clusterOf.length; place++) {
            if (clusterOf[place] >= 0) {
                places[next[clusterOf[place]]++] = place;
            }
        }
        return new BlockedProducts(rows, RowOrder.of(clusters), point.half(), start, places);
    }

    /** Adds a multiple of what the random effects of a unit take off its cross-products, packed. */
    void addTaken(final int unit, final double weight, final double[] packed) {
        for (int a = 0; a < p1; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = start[unit]; i < start[unit + 1]; i++) {
                    sum += half[a][places[i]] * half[b][places[i]];
                }
                packed[Packed.at(a, b)] += weight * sum;
            }
        }
    }

    /** The sum over the effects of a unit of a vector with one entry an effect. */
    double sum(final int unit, final double[] vector) {
        double sum = 0;
        for (int i = start[unit]; i < start[unit + 1]; i++) {
            sum += vector[places[i]];
        }
        return sum;
    }

    /** Number of rows of a unit. */
    int rows(final int unit) {
        return order.start()[unit + 1] - order.start()[unit];
    }

    @Override
    public void read(final int unit, final double[] square) {
        Arrays.fill(square, 0);
        for (int i = order.start()[unit]; i < order.start()[unit + 1]; i++) {
            rows.row(order.row(i), row);
            for (int a = 0; a < p1; a++) {
                for (int b = 0; b <= a; b++) {
                    square[a * p1 + b] += row[a] * row[b];
                }
            }
        }
        final double[] taken = new double[p1 * (p1 + 1) / 2];
        addTaken(unit, 1, taken);
        for (int a = 0; a < p1; a++) {
            for (int b = 0; b <= a; b++) {
                square[a * p1 + b] -= taken[Packed.at(a, b)];
                square[b * p1 + a] = square[a * p1 + b];
            }
        }
    }
}
