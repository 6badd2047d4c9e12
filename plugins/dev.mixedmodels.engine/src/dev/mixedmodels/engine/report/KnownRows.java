package dev.mixedmodels.engine.report;

import java.util.Arrays;

/**
 * What was computed of the rows of a part of a table in one go, by row; NaN of others.
 *
 * @param mean x'beta without an offset
 * @param random the predicted random part z'b
 * @param normalized normalised residual
 */
public record KnownRows(double[] mean, double[] random, double[] normalized) {
    /**
     * Nothing is known yet.
     *
     * @param rows number of rows
     */
    public KnownRows(final int rows) {
        this(new double[rows], new double[rows], new double[rows]);
        Arrays.fill(mean, Double.NaN);
        Arrays.fill(random, Double.NaN);
        Arrays.fill(normalized, Double.NaN);
    }
}
