package dev.mixedmodels.engine.numeric;

import org.apache.commons.math3.special.Gamma;

/**
 * Upper tail of the studentized range: the range of k independent standard normal variables over an independent
 * s = sqrt(chi2(df) / df).
 * <pre>
 * P(range &gt; w) = k int phi(z) { Phi(z)^(k-1) - [Phi(z) - Phi(z - w)]^(k-1) } dz,   P(Q &gt; q) = E P(range &gt; q s)
 * </pre>
 * Both integrands are positive, smooth and fall off at both ends, where the trapezoidal rule (the outer one over
 * log s) converges faster than any power of the step. Source: Copenhaver &amp; Holland (1988) J. Stat. Comput. Simul.
 * 30:1-15, for the integrals.
 */
public final class StudentizedRange {
    private static final double REACH = 9;
    private static final double INNER_STEP = 0.08;
    private static final int OUTER_STEPS = 160;

    private StudentizedRange() {
    }

    /**
     * @param q the range in units of s
     * @param k number of variables, at least 2
     * @param df degrees of freedom of s, positive, possibly infinite and not whole
     * @return P(Q &gt; q); 1 for q at or below 0, NaN for NaN
     */
    public static double upperTail(final double q, final int k, final double df) {
        if (Double.isNaN(q) || Double.isNaN(df)) {
            return Double.NaN;
        }
        if (q <= 0) {
            return 1;
        }
        if (df == Double.POSITIVE_INFINITY) {
            return rangeTail(q, k);
        }
        // density of u = log s: exp(c + df u - df exp(2u) / 2), with its mode at 0 and standard deviation
        // near 1 / sqrt(2 df); to the left it falls off like exp(df u)
        final double c = df / 2 * Math.log(df / 2) + Math.log(2) - Gamma.logGamma(df / 2);
        final double spread = REACH / Math.sqrt(2 * df);
        final double low = -spread - 40 / df;
        final double high = Math.min(spread, Math.log(1 + spread) + 3);
        final double step = (high - low) / (OUTER_STEPS * Math.max(1, 1 / Math.sqrt(df)));
        double sum = 0;
        for (double u = low; u <= high; u += step) {
            sum += Math.exp(c + df * u - df * Math.exp(2 * u) / 2) * rangeTail(q * Math.exp(u), k);
        }
        return Math.min(1, sum * step);
    }

    private static double rangeTail(final double w, final int k) {
        double sum = 0;
        for (double z = -REACH; z <= Math.max(REACH, w / 2 + REACH); z += INNER_STEP) {
            final double below = Tail.normal(-z);
            final double ratio = Math.min(1, Tail.normal(w - z) / below);
            // Phi(z)^(k-1) (1 - (1 - ratio)^(k-1)), without cancellation
            sum += Math.exp(-z * z / 2) * Math.pow(below, k - 1.0) * -Math.expm1((k - 1) * Math.log1p(-ratio));
        }
        return Math.min(1, k * sum * INNER_STEP / Math.sqrt(2 * Math.PI));
    }
}
