package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import java.util.Arrays;

/**
 * Cross-products of the units of an outermost level, within which those of all other factors lie, so that their rows
 * are independent of one another: [X y]'[X y] of the rows less what their random effects take off in the blocked
 * factor, as the likelihood has it.
 */
final class BlockedProducts implements UnitProducts {
    private final BlockedCrossProducts data;
    private final double[][] half;
    private final int[] start;
    private final int[] places;
    private final int p1;

    private BlockedProducts(final BlockedCrossProducts data, final double[][] half, final int[] start,
        final int[] places) {
        this.data = data;
        this.half = half;
        this.start = start;
        this.places = places;
        p1 = data.fixedEffects() + 1;
    }

    /**
     * @param statistics of the rows, with the cross-products of clusters
     * @param point the likelihood at the parameters
     */
    static BlockedProducts of(final BlockedStatistics statistics, final BlockedPoint point) {
        final BlockedCrossProducts data = statistics.data;
        final int clusters = data.levels()[data.clusters()];
        final int[] clusterOf = new int[statistics.vectors.length()];
        Arrays.fill(clusterOf, -1);
        for (int k = 0; k < data.levels().length; k++) {
            final int[] within = data.within(k, data.clusters());
            for (int unit = 0; unit < within.length; unit++) {
                final int at = statistics.vectors.at(k, unit);
                Arrays.fill(clusterOf, at, at + data.effects()[k], within[unit]);
            }
        }
        final int[] start = new int[clusters + 1];
        for (final int cluster : clusterOf) {
            if (cluster >= 0) {
                start[cluster + 1]++;
            }
        }
        for (int c = 0; c < clusters; c++) {
            start[c + 1] += start[c];
        }
        final int[] next = start.clone();
        final int[] places = new int[start[clusters]];
        for (int place = 0; place < clusterOf.length; place++) {
            if (clusterOf[place] >= 0) {
                places[next[clusterOf[place]]++] = place;
            }
        }
        return new BlockedProducts(data, point.half(), start, places);
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
        return data.counts()[data.clusters()][unit];
    }

    @Override
    public void read(final int unit, final double[] square) {
        final double[] rest = new double[p1 * (p1 + 1) / 2];
        System.arraycopy(data.squares(), unit * rest.length, rest, 0, rest.length);
        addTaken(unit, -1, rest);
        for (int a = 0; a < p1; a++) {
            for (int b = 0; b <= a; b++) {
                square[a * p1 + b] = rest[Packed.at(a, b)];
                square[b * p1 + a] = square[a * p1 + b];
            }
        }
    }
}
