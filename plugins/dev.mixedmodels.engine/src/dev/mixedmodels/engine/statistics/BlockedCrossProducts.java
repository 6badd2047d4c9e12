package dev.mixedmodels.engine.statistics;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.common.Progress;
import java.util.Arrays;

/**
 * Sufficient statistics of a model with any number of grouping factors: the blocks of [Z_1 Z_2 .. X y]'[Z_1 Z_2 .. X y]
 * that are not 0, from one pass over the rows with compensated sums.
 *
 * @param rows N
 * @param fixedEffects p
 * @param effects q_k of each factor
 * @param levels number of units of each factor
 * @param diagonal for each factor the blocks Z_j'Z_j of its units, q x q row-major
 * @param fixed for each factor the blocks Z_j'[X y] of its units, q x (p + 1) row-major
 * @param pairs [k][l] for k &lt; l: blocks of units of factor k with units of factor l
 * @param cross [X y]'[X y], (p + 1) x (p + 1) row-major
 */
public record BlockedCrossProducts(int rows, int fixedEffects, int[] effects, int[] levels, double[][] diagonal,
    double[][] fixed, UnitPairs[][] pairs, double[] cross) {
    private static final int CHECK_ROWS = 1 << 14;

    /**
     * Reads all rows once.
     *
     * @param rows the rows
     * @param groupings their units, one grouping for each factor of the rows
     * @param progress to learn of cancellation
     * @return their statistics
     */
    public static BlockedCrossProducts of(final ModelRows rows, final java.util.List<Grouping> groupings,
        final Progress progress) {
        final int factors = groupings.size();
        final UnitPairs[][] pairs = new UnitPairs[factors][factors];
        for (int k = 0; k + 1 < factors; k++) {
            final RowOrder order = RowOrder.of(groupings.get(k));
            for (int l = k + 1; l < factors; l++) {
                progress.check();
                pairs[k][l] = UnitPairs.of(order, groupings.get(k), groupings.get(l));
            }
        }
        final Sums sums = new Sums(rows, groupings, pairs);
        for (int i = 0; i < rows.size(); i++) {
            if (i % CHECK_ROWS == 0) {
                progress.check();
            }
            sums.add(i);
        }
        return sums.result();
    }

    /**
     * The statistics without a unit of a factor within whose units those of all others lie: these stay as units without
     * rows.
     *
     * @param source the rows
     * @param groupings their units
     * @param outermost the factor
     * @param unit its unit
     * @return those of all other rows
     */
    public BlockedCrossProducts without(final ModelRows source, final java.util.List<Grouping> groupings, final int outermost,
        final int unit) {
        final int p1 = fixedEffects + 1;
        final double[][] otherDiagonal = copies(diagonal);
        final double[][] otherFixed = copies(fixed);
        final UnitPairs[][] otherPairs = new UnitPairs[levels.length][levels.length];
        for (int k = 0; k < levels.length; k++) {
            for (int l = k + 1; l < levels.length; l++) {
                otherPairs[k][l] = new UnitPairs(pairs[k][l].start(), pairs[k][l].second(), pairs[k][l].values().clone());
            }
        }
        final CompensatedSums taken = new CompensatedSums(p1 * p1);
        final double[] row = new double[source.width()];
        int count = 0;
        for (int i = 0; i < source.size(); i++) {
            if (groupings.get(outermost).codes()[i] != unit) {
                continue;
            }
            count++;
            source.row(i, row);
            for (int a = 0; a < p1; a++) {
                for (int b = 0; b < p1; b++) {
                    taken.add(a * p1 + b, row[a] * row[b]);
                }
            }
            for (int k = 0; k < levels.length; k++) {
                final int j = groupings.get(k).codes()[i];
                final int q = effects[k];
                Arrays.fill(otherDiagonal[k], j * q * q, (j + 1) * q * q, 0);
                Arrays.fill(otherFixed[k], j * q * p1, (j + 1) * q * p1, 0);
                for (int l = k + 1; l < levels.length; l++) {
                    final int block = q * effects[l];
                    Arrays.fill(otherPairs[k][l].values(), pairs[k][l].start()[j] * block, pairs[k][l].start()[j + 1] * block, 0);
                }
            }
        }
        final double[] rest = taken.values();
        Arrays.setAll(rest, i -> cross[i] - rest[i]);
        return new BlockedCrossProducts(rows - count, fixedEffects, effects, levels, otherDiagonal, otherFixed, otherPairs, rest);
    }

    private static double[][] copies(final double[][] arrays) {
        return Arrays.stream(arrays).map(double[]::clone).toArray(double[][]::new);
    }

    private static final class Sums {
        private final ModelRows rows;
        private final int p1;
        private final int[] q;
        private final int[] at;
        private final int[][] codes;
        private final int[] levels;
        private final UnitPairs[][] pairs;
        private final CompensatedSums[] diagonal;
        private final CompensatedSums[] fixed;
        private final CompensatedSums[][] products;
        private final CompensatedSums cross;
        private final double[] row;

        Sums(final ModelRows rows, final java.util.List<Grouping> groupings, final UnitPairs[][] pairs) {
            this.rows = rows;
            this.pairs = pairs;
            final int factors = groupings.size();
            p1 = rows.fixedEffects() + 1;
            q = rows.randomEffects();
            at = new int[factors];
            codes = new int[factors][];
            levels = new int[factors];
            diagonal = new CompensatedSums[factors];
            fixed = new CompensatedSums[factors];
            products = new CompensatedSums[factors][factors];
            cross = new CompensatedSums(p1 * p1);
            row = new double[rows.width()];
            int column = p1;
            for (int k = 0; k < factors; k++) {
                at[k] = column;
                column += q[k];
                codes[k] = groupings.get(k).codes();
                levels[k] = groupings.get(k).levels();
                diagonal[k] = new CompensatedSums(ArraySize.of(levels[k], q[k] * q[k]));
                fixed[k] = new CompensatedSums(ArraySize.of(levels[k], q[k] * p1));
                for (int l = k + 1; l < factors; l++) {
                    products[k][l] = new CompensatedSums(ArraySize.of(pairs[k][l].size(), q[k] * q[l]));
                }
            }
        }

        void add(final int i) {
            rows.row(i, row);
            addOuter(cross, 0, 0, p1, 0, p1);
            for (int k = 0; k < q.length; k++) {
                final int j = codes[k][i];
                addOuter(diagonal[k], j * q[k] * q[k], at[k], q[k], at[k], q[k]);
                addOuter(fixed[k], j * q[k] * p1, at[k], q[k], 0, p1);
                for (int l = k + 1; l < q.length; l++) {
                    addOuter(products[k][l], pairs[k][l].find(j, codes[l][i]) * q[k] * q[l], at[k], q[k], at[l], q[l]);
                }
            }
        }

        private void addOuter(final CompensatedSums sums, final int to, final int a, final int m, final int b,
            final int n) {
            for (int i = 0; i < m; i++) {
                final double x = row[a + i];
                for (int j = 0; j < n; j++) {
                    sums.add(to + i * n + j, x * row[b + j]);
                }
            }
        }

        BlockedCrossProducts result() {
            final int factors = q.length;
            final UnitPairs[][] filled = new UnitPairs[factors][factors];
            final double[][] d = new double[factors][];
            final double[][] f = new double[factors][];
            for (int k = 0; k < factors; k++) {
                d[k] = diagonal[k].values();
                f[k] = fixed[k].values();
                for (int l = k + 1; l < factors; l++) {
                    filled[k][l] = new UnitPairs(pairs[k][l].start(), pairs[k][l].second(), products[k][l].values());
                }
            }
            return new BlockedCrossProducts(rows.size(), p1 - 1, q, levels, d, f, filled, cross.values());
        }
    }
}
