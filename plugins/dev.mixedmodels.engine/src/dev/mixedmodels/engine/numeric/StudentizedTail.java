package dev.mixedmodels.engine.numeric;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Gamma;

/**
 * Upper tail of W / s, where W has a known tail and s is an independent sqrt(chi2(df) / df). The integral is over an
 * analytic function that vanishes at both ends, for which the trapezoidal rule converges faster than any power of its
 * step (Trefethen &amp; Weideman 2014, SIAM Review 56:385-458). The tail of W itself does not depend on df: its
 * logarithm is kept as Chebyshev series, piece by piece as far as it is asked for, so that the next statistic of a
 * family costs next to nothing. Not safe for several threads.
 */
final class StudentizedTail {
    /** From here on s is 1 to ten digits. */
    private static final double LARGE_DF = 1e10;
    /**
     * Steps per standard deviation of log s, and the longest one: the range of very many normals is nearly a
     * constant.
     */
    private static final double OUTER_STEPS = 4;
    private static final double SMOOTH = 0.02;
    /** The tail of W is the same below this. */
    private static final double CERTAIN = 1e-17;
    /** Below this e^(2 u) is negligible. */
    private static final double LOG_SMALL = -20;
    private static final double NEGLIGIBLE = Math.log(1e-17);
    /** From here on four terms of Stirling's series are exact to 16 digits. */
    private static final double STIRLING = 30;
    private static final double LOG_TINIEST = -740;
    /** Beyond this the tail of normals is below 1e-170, and wanted only for its own sake. */
    private static final double WIDE = 40;
    /** Pieces are interpolated in so many points. */
    private static final int POINTS = 16;
    /** Where the pieces begin and end: near 0, where the logarithm of a tail bends, they are short. */
    private static final double[] ENDS = ends();

    private final DoubleUnaryOperator tail;
    private final double[][] series = new double[ENDS.length - 1][];

    /**
     * @param tail P(W &gt; w) for w from 0, analytic and positive, and falling as that of normals does; asked by
     *            several threads
     */
    StudentizedTail(final DoubleUnaryOperator tail) {
        this.tail = tail;
    }

    /**
     * @param q the statistic, not negative
     * @param df degrees of freedom, positive, possibly infinite
     * @return P(W / s &gt; q)
     */
    double upperTail(final double q, final double df) {
        if (Double.isNaN(q) || !(df > 0)) {
            return Double.NaN;
        }
        if (q == Double.POSITIVE_INFINITY) {
            return 0;
        }
        if (q == 0 || df > LARGE_DF) {
            return tail.applyAsDouble(q);
        }
        // with s = e^u the density of u is proportional to exp(df (u - e^(2 u) / 2))
        final DoubleUnaryOperator log = u -> df * (u - Math.expm1(2 * u) / 2) + logTail(q * Math.exp(u));
        final double sd = Math.min(1, 1 / Math.sqrt(2 * df));
        final double peak = peak(log, Math.min(0, Math.log(WIDE / q)), sd);
        final double height = log.applyAsDouble(peak);
        if (height < LOG_TINIEST) {
            return 0;
        }
        final double h = Math.min(sd / OUTER_STEPS, SMOOTH);
        double sum = 1;
        double term = 0;
        for (double u = peak + h; term > NEGLIGIBLE; u += h) {
            term = log.applyAsDouble(u) - height;
            sum += Math.exp(term);
        }
        term = 0;
        for (double u = peak - h; term > NEGLIGIBLE; u -= h) {
            term = log.applyAsDouble(u) - height;
            if (u < LOG_SMALL && q * Math.exp(u) < CERTAIN) {
                // from here on the terms are a geometric series, which few degrees of freedom let fall slowly
                sum += Math.exp(term) / -Math.expm1(-df * h);
                break;
            }
            sum += Math.exp(term);
        }
        return Math.min(1, h * sum * Math.exp(height + logConstant(df / 2)));
    }

    /** log(2 a^a e^-a / Gamma(a)), the constant of the density of log s, a = df / 2; e^-a stands in expm1 there. */
    private static double logConstant(final double a) {
        if (a < STIRLING) {
            return Math.log(2) + a * Math.log(a) - a - Gamma.logGamma(a);
        }
        final double r = 1 / (a * a);
        return Math.log(2) + Math.log(a / (2 * Math.PI)) / 2
            - (1 / 12.0 - r * (1 / 360.0 - r * (1 / 1260.0 - r / 1680))) / a;
    }

    /** Where the logarithm of the outer integrand, a concave function, is largest, to a fraction of sd. */
    private static double peak(final DoubleUnaryOperator log, final double start, final double sd) {
        double best = start;
        double at = log.applyAsDouble(start);
        for (double step = Math.max(8 * sd, -start); step > sd / 2; ) {
            final double left = log.applyAsDouble(best - step);
            final double right = log.applyAsDouble(best + step);
            if (left > at) {
                best -= step;
                at = left;
            } else if (right > at) {
                best += step;
                at = right;
            } else {
                step /= 2;
            }
        }
        return best;
    }

    private static double[] ends() {
        final double[] near = {0, 0.5, 1, 1.5};
        final double[] ends = Arrays.copyOf(near, near.length + (int) (WIDE / 2));
        for (int i = near.length; i < ends.length; i++) {
            ends[i] = 2.0 * (i - near.length + 1);
        }
        return ends;
    }

    /** log P(W &gt; w), w positive. */
    private double logTail(final double w) {
        if (!(w < WIDE)) {
            return Math.log(tail.applyAsDouble(w));
        }
        final int found = Arrays.binarySearch(ENDS, w);
        final int piece = found < 0 ? -found - 2 : found;
        final double from = ENDS[piece];
        final double width = ENDS[piece + 1] - from;
        if (series[piece] == null) {
            series[piece] = chebyshev(from, width);
        }
        // Clenshaw's recurrence
        final double x = 2 * (w - from) / width - 1;
        double b1 = 0;
        double b2 = 0;
        for (int j = POINTS - 1; j > 0; j--) {
            final double b = 2 * x * b1 - b2 + series[piece][j];
            b2 = b1;
            b1 = b;
        }
        return x * b1 - b2 + series[piece][0];
    }

    /** Coefficients of the polynomial that agrees with log P(W &gt; w) in the Chebyshev points of a piece. */
    private double[] chebyshev(final double from, final double width) {
        final double[] values = new double[POINTS];
        Parallel.forEach(POINTS, i -> values[i] =
            Math.log(tail.applyAsDouble(from + width * (1 + Math.cos(Math.PI * (i + 0.5) / POINTS)) / 2)));
        final double[] coefficients = new double[POINTS];
        for (int j = 0; j < POINTS; j++) {
            for (int i = 0; i < POINTS; i++) {
                coefficients[j] += (j == 0 ? 1.0 : 2.0) / POINTS * values[i]
                    * Math.cos(Math.PI * j * (i + 0.5) / POINTS);
            }
        }
        return coefficients;
    }
}
