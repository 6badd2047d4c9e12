package dev.mixedmodels.engine.numeric;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Gamma;

/**
 * Upper tail of the studentized range: the range of k independent standard normals over an independent
 * sqrt(chi2(df) / df). Both integrals are over analytic functions that vanish at both ends, for which the trapezoidal
 * rule converges faster than any power of its step (Trefethen &amp; Weideman 2014, SIAM Review 56:385-458).
 */
public final class StudentizedRange {
    private static final double INNER_STEP = 0.125;
    private static final double INNER_REACH = 15;
    /** From here on s is 1 to ten digits. */
    private static final double LARGE_DF = 1e10;
    /** Steps per standard deviation of the outer integrand. */
    private static final double OUTER_STEPS = 4;
    private static final double NEGLIGIBLE = Math.log(1e-17);
    /** From here on four terms of Stirling's series are exact to 16 digits. */
    private static final double STIRLING = 30;
    private static final double LOG_TINIEST = -740;

    private StudentizedRange() {
    }

    /**
     * @param q the studentized range
     * @param k number of means, at least 2
     * @param df degrees of freedom, positive, possibly infinite
     * @return P(Q &gt; q)
     */
    public static double upperTail(final double q, final int k, final double df) {
        if (Double.isNaN(q) || !(df > 0)) {
            return Double.NaN;
        }
        if (q <= 0) {
            return 1;
        }
        if (df > LARGE_DF) {
            return range(q, k);
        }
        // with s = e^u the density of u is proportional to exp(df (u - e^(2 u) / 2))
        final DoubleUnaryOperator log = u -> df * (u - Math.expm1(2 * u) / 2) + Math.log(range(q * Math.exp(u), k));
        final double sd = 1 / Math.sqrt(2 * df);
        final double peak = peak(log, sd);
        final double height = log.applyAsDouble(peak);
        if (height < LOG_TINIEST) {
            return 0;
        }
        final double h = sd / OUTER_STEPS;
        double sum = 1;
        for (final double direction : new double[] {-h, h}) {
            double term = 0;
            for (int i = 1; term > NEGLIGIBLE; i++) {
                term = log.applyAsDouble(peak + i * direction) - height;
                sum += Math.exp(term);
            }
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
    private static double peak(final DoubleUnaryOperator log, final double sd) {
        double best = 0;
        double at = log.applyAsDouble(0);
        for (double step = 8 * sd; step > sd / 2; ) {
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

    /**
     * P(range of k normals &gt; w) = k integral phi(z) (A^(k-1) - (A - B)^(k-1)) dz with A = Phi(z), B = Phi(z - w),
     * without cancellation for small B.
     */
    private static double range(final double w, final int k) {
        double sum = 0;
        for (double d = -INNER_REACH; d <= INNER_REACH; d += INNER_STEP) {
            final double z = w / 2 + d;
            final double a = Tail.normal(-z);
            if (a > 0) {
                final double share = Tail.normal(w - z) / a;
                final double logShare = share < 1 ? Math.log1p(-share) : Double.NEGATIVE_INFINITY;
                sum -= Math.exp(-z * z / 2 + (k - 1) * Math.log(a)) * Math.expm1((k - 1) * logShare);
            }
        }
        return Math.min(1, k * sum * INNER_STEP / Math.sqrt(2 * Math.PI));
    }
}
