package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A family of comparisons whose p-values are adjusted together. Those without a p-value do not count.
 *
 * @param p p-values; NaN where there is none
 * @param t their t statistics
 * @param df their degrees of freedom
 * @param alternative what they are against
 * @param means number of means of which these are all pairwise differences; 0 for other comparisons
 * @param covariance of the estimates that are compared, asked for where it is needed
 */
public record Comparisons(double[] p, double[] t, double[] df, Alternative alternative, int means,
    Supplier<double[][]> covariance) {
    /** Part of the largest eigenvalue that is rounding. */
    private static final double RANK = 1e-10;

    /**
     * @return indices of the comparisons that have a p-value
     */
    int[] existing() {
        return IntStream.range(0, p.length).filter(i -> !Double.isNaN(p[i])).toArray();
    }

    /** Correlations of those that have a p-value. */
    double[][] correlation() {
        final double[][] all = covariance.get();
        final int[] existing = existing();
        final double[][] correlation = new double[existing.length][existing.length];
        for (int i = 0; i < existing.length; i++) {
            for (int j = 0; j < existing.length; j++) {
                correlation[i][j] = i == j ? 1 : all[existing[i]][existing[j]]
                    / (Math.sqrt(all[existing[i]][existing[i]]) * Math.sqrt(all[existing[j]][existing[j]]));
            }
        }
        return correlation;
    }

    /** Number of independent ones. */
    int rank() {
        final double[] eigenvalues = Matrices.eigen(correlation()).values();
        return (int) Arrays.stream(eigenvalues).filter(x -> x > RANK * eigenvalues[0]).count();
    }
}
