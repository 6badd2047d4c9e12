package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.numeric.Matrices;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A density whose logarithm is a polynomial, fitted to the numbers of data in equally wide cells by Poisson regression.
 * Source: Lindsey (1974) JRSS B 36:38-47, as used by Efron (2011) JASA 106:1602-1614, section 3.
 */
final class LindseyDensity implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_STEPS = 200;
    private static final double STILL = 1e-18;

    private final double low;
    private final double high;
    private final int degree;
    private final double[] coefficients;
    private final double[][] covariance;

    /**
     * @param low centre of the first cell
     * @param high centre of the last one
     * @param counts number of data in each cell, two cells or more
     * @param degree of the polynomial, less than the number of cells with data
     * @throws ModelException if the regression has no solution
     */
    LindseyDensity(final double low, final double high, final double[] counts, final int degree) {
        this.low = low;
        this.high = high;
        this.degree = degree;
        final double[][] rows = new double[counts.length][];
        for (int i = 0; i < counts.length; i++) {
            rows[i] = values(low + (high - low) * i / (counts.length - 1));
        }
        double[] alpha = new double[degree + 1];
        alpha[0] = Math.log(Arrays.stream(counts).sum() / counts.length);
        double value = logLikelihood(rows, counts, alpha);
        double[][] inverse = null;
        for (int step = 0; step < MAX_STEPS; step++) {
            final double[] score = new double[degree + 1];
            final double[][] information = new double[degree + 1][degree + 1];
            for (int i = 0; i < counts.length; i++) {
                final double mu = Math.exp(Matrices.dot(rows[i], alpha));
                for (int j = 0; j <= degree; j++) {
                    score[j] += (counts[i] - mu) * rows[i][j];
                    for (int l = 0; l <= degree; l++) {
                        information[j][l] += mu * rows[i][j] * rows[i][l];
                    }
                }
            }
            inverse = Matrices.inversePositiveDefinite(information);
            if (inverse == null) {
                throw new ModelException("The density of the observations has no maximum likelihood estimate, for they "
                    + "lie in too few places. Choose no \"Robbins and Tweedie estimates\".");
            }
            final double[] direction = Matrices.multiply(inverse, score);
            final double gain = Matrices.dot(direction, score);
            if (gain < STILL * (1 + Math.abs(value))) {
                break;
            }
            double length = 1;
            double[] next = plus(alpha, direction, length);
            double nextValue = logLikelihood(rows, counts, next);
            while (!(nextValue >= value + 1e-4 * length * gain) && length > 1e-10) {
                length /= 2;
                next = plus(alpha, direction, length);
                nextValue = logLikelihood(rows, counts, next);
            }
            alpha = next;
            value = nextValue;
        }
        coefficients = alpha;
        covariance = inverse;
    }

    private static double[] plus(final double[] alpha, final double[] direction, final double length) {
        final double[] sum = alpha.clone();
        for (int j = 0; j < sum.length; j++) {
            sum[j] += length * direction[j];
        }
        return sum;
    }

    private static double logLikelihood(final double[][] rows, final double[] counts, final double[] alpha) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            final double eta = Matrices.dot(rows[i], alpha);
            sum += counts[i] * eta - Math.exp(eta);
        }
        return sum;
    }

    /** Legendre polynomials on [low, high]. */
    private double[] values(final double x) {
        final double t = (2 * x - low - high) / (high - low);
        final double[] p = new double[degree + 1];
        p[0] = 1;
        for (int n = 1; n <= degree; n++) {
            p[n] = ((2 * n - 1) * t * p[n - 1] - (n > 1 ? (n - 1) * p[n - 2] : 0)) / n;
        }
        return p;
    }

    /** Their derivatives by x. */
    private double[] slopes(final double x) {
        final double[] p = values(x);
        final double[] d = new double[degree + 1];
        for (int n = 1; n <= degree; n++) {
            d[n] = (2 * n - 1) * p[n - 1] * 2 / (high - low) + (n > 1 ? d[n - 2] : 0);
        }
        return d;
    }

    /**
     * @param x where
     * @return d log f / dx and its standard error
     */
    double[] slope(final double x) {
        return estimate(slopes(x));
    }

    /**
     * @param from where
     * @param to where else
     * @return log f(to) - log f(from) and its standard error
     */
    double[] difference(final double from, final double to) {
        final double[] l = values(to);
        final double[] other = values(from);
        for (int j = 0; j < l.length; j++) {
            l[j] -= other[j];
        }
        return estimate(l);
    }

    private double[] estimate(final double[] l) {
        return new double[] {Matrices.dot(l, coefficients), Math.sqrt(Matrices.bilinear(covariance, l, l))};
    }
}
