package dev.mixedmodels.engine.basis;

import java.util.Arrays;

/**
 * B-splines without the first one, which an intercept makes redundant: R's {@code bs}. Outside of the outer knots the
 * polynomials of the outer pieces go on.
 * <p>
 * Source: de Boor (1978) A Practical Guide to Splines, chapter X, algorithm BSPLVB: all that are not 0 in an interval.
 */
public final class BSpline implements Basis {
    private final int degree;
    private final double[] knots;

    /**
     * @param degree of the pieces
     * @param knots the lower outer knot, those inside in rising order, the upper outer knot
     */
    public BSpline(final int degree, final double[] knots) {
        this.degree = degree;
        this.knots = new double[knots.length + 2 * degree];
        Arrays.fill(this.knots, 0, degree, knots[0]);
        System.arraycopy(knots, 0, this.knots, degree, knots.length);
        Arrays.fill(this.knots, degree + knots.length, this.knots.length, knots[knots.length - 1]);
    }

    /** Number of splines, the first one included. */
    int size() {
        return knots.length - degree - 1;
    }

    @Override
    public double value(final int column, final double x) {
        final int interval = interval(x);
        final int local = column + 1 - (interval - degree);
        return local < 0 || local > degree ? 0 : local(interval, degree, x)[local];
    }

    /** Index of the knot at the left end of the interval of a number; outside of the knots the outer interval. */
    int interval(final double x) {
        int interval = degree;
        while (interval < size() - 1 && x >= knots[interval + 1]) {
            interval++;
        }
        while (interval > degree && knots[interval] == knots[interval + 1]) {
            interval--;
        }
        return interval;
    }

    /** The splines of some degree that are not 0 in an interval, those from index interval - degree on. */
    double[] local(final int interval, final int upTo, final double x) {
        final double[] values = new double[upTo + 1];
        values[0] = 1;
        for (int d = 1; d <= upTo; d++) {
            double saved = 0;
            for (int r = 0; r < d; r++) {
                final double right = knots[interval + r + 1];
                final double left = knots[interval + r + 1 - d];
                final double part = values[r] / (right - left);
                values[r] = saved + (right - x) * part;
                saved = (x - left) * part;
            }
            values[d] = saved;
        }
        return values;
    }

    /**
     * A derivative of all splines at a number.
     *
     * @param order of the derivative, at most the degree
     */
    double[] derivatives(final int order, final double x) {
        final int interval = interval(x);
        final int lower = degree - order;
        final double[] result = new double[size()];
        final double[] values = local(interval, lower, x);
        for (int j = interval - degree; j <= interval; j++) {
            final double[] coefficients = new double[size()];
            coefficients[j] = 1;
            // the derivative's coefficients in splines of lower degree are differences of these
            for (int d = degree; d > lower; d--) {
                for (int i = interval; i > interval - d; i--) {
                    coefficients[i] = d * (coefficients[i] - coefficients[i - 1]) / (knots[i + d] - knots[i]);
                }
            }
            for (int i = 0; i <= lower; i++) {
                result[j] += values[i] * coefficients[interval - lower + i];
            }
        }
        return result;
    }
}
