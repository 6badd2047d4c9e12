package dev.mixedmodels.engine.statistics;

import java.util.Arrays;

/**
 * Sufficient statistics of a model with any number of grouping factors: the blocks of [Z_1 Z_2 .. X y]'[Z_1 Z_2 .. X y]
 * that are not 0. {@link BlockedSums} gathers them.
 *
 * @param rows N
 * @param fixedEffects p
 * @param effects q_k of each factor
 * @param levels number of units of each factor
 * @param counts rows of each unit of each factor
 * @param diagonal for each factor the blocks Z_j'Z_j of its units, q x q row-major
 * @param fixed for each factor the blocks Z_j'[X y] of its units, q x (p + 1) row-major
 * @param pairs [k][l] for k &lt; l: blocks of units of factor k with units of factor l
 * @param cross [X y]'[X y], (p + 1) x (p + 1) row-major
 * @param clusters index of the factor whose units' [X y]'[X y] are kept; -1 for none
 * @param squares their lower triangles, unit by unit, each row by row; null for none
 */
public record BlockedCrossProducts(int rows, int fixedEffects, int[] effects, int[] levels, int[][] counts,
    double[][] diagonal, double[][] fixed, UnitPairs[][] pairs, double[] cross, int clusters, double[] squares) {

    /**
     * @param k index of a factor
     * @param outer index of a factor within whose units those of factor k lie
     * @return for each unit of factor k the unit that it lies within; -1 for one without rows
     */
    public int[] within(final int k, final int outer) {
        final int[] within = new int[levels[k]];
        if (k == outer) {
            Arrays.setAll(within, j -> j);
            return within;
        }
        Arrays.fill(within, -1);
        final UnitPairs both = pairs[Math.min(k, outer)][Math.max(k, outer)];
        for (int first = 0; first + 1 < both.start().length; first++) {
            for (int e = both.start()[first]; e < both.start()[first + 1]; e++) {
                if (k < outer) {
                    within[first] = both.second()[e];
                } else {
                    within[both.second()[e]] = first;
                }
            }
        }
        return within;
    }

    /**
     * @param inner index of a factor
     * @param outer index of a factor
     * @return whether every unit of the first lies within one unit of the second
     */
    public boolean nested(final int inner, final int outer) {
        return inner == outer || (inner < outer ? pairs[inner][outer].nested()
            : pairs[outer][inner].nestedReversed(levels[inner]));
    }

    /**
     * The statistics without a cluster, within whose factor's units those of all others lie: its units stay as units
     * without rows.
     *
     * @param unit the cluster
     * @return those of all other rows
     */
    public BlockedCrossProducts without(final int unit) {
        final int p1 = fixedEffects + 1;
        final double[][] otherDiagonal = copies(diagonal);
        final double[][] otherFixed = copies(fixed);
        final int[][] otherCounts = Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
        final UnitPairs[][] otherPairs = new UnitPairs[levels.length][levels.length];
        for (int k = 0; k < levels.length; k++) {
            for (int l = k + 1; l < levels.length; l++) {
                otherPairs[k][l] = new UnitPairs(pairs[k][l].start(), pairs[k][l].second(), pairs[k][l].values().clone());
            }
        }
        for (int k = 0; k < levels.length; k++) {
            final int[] within = within(k, clusters);
            final int q = effects[k];
            for (int j = 0; j < within.length; j++) {
                if (within[j] != unit) {
                    continue;
                }
                otherCounts[k][j] = 0;
                Arrays.fill(otherDiagonal[k], j * q * q, (j + 1) * q * q, 0);
                Arrays.fill(otherFixed[k], j * q * p1, (j + 1) * q * p1, 0);
                for (int l = k + 1; l < levels.length; l++) {
                    final int block = q * effects[l];
                    Arrays.fill(otherPairs[k][l].values(), pairs[k][l].start()[j] * block, pairs[k][l].start()[j + 1] * block, 0);
                }
            }
        }
        final double[] rest = cross.clone();
        for (int a = 0, at = unit * (p1 * (p1 + 1) / 2); a < p1; a++) {
            for (int b = 0; b <= a; b++, at++) {
                rest[a * p1 + b] = cross[a * p1 + b] - squares[at];
                rest[b * p1 + a] = rest[a * p1 + b];
            }
        }
        return new BlockedCrossProducts(rows - counts[clusters][unit], fixedEffects, effects, levels, otherCounts,
            otherDiagonal, otherFixed, otherPairs, rest, clusters, squares);
    }

    /**
     * @param other [X y]'[X y] with another response
     * @param otherFixed Z'[X y] with it
     * @return the statistics of the same rows with that response
     */
    public BlockedCrossProducts with(final double[] other, final double[][] otherFixed) {
        return new BlockedCrossProducts(rows, fixedEffects, effects, levels, counts, diagonal, otherFixed, pairs, other, -1,
            null);
    }

    private static double[][] copies(final double[][] arrays) {
        return Arrays.stream(arrays).map(double[]::clone).toArray(double[][]::new);
    }
}
