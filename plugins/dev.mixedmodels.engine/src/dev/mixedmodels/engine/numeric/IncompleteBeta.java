package dev.mixedmodels.engine.numeric;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.util.ContinuedFraction;

/**
 * The regularised incomplete beta function I_x(a, b) at x = odds / (1 + odds). Taking the odds keeps both x and 1 - x
 * exact, which matters when a or b runs into the millions.
 * <p>
 * Source: DiDonato &amp; Morris (1992) ACM TOMS 18:360-373, the continued fraction in lambda = a (1 - x) - b x.
 */
public final class IncompleteBeta {
    private static final double PRECISION = 1e-16;
    private static final int MAX_TERMS = 1_000_000;

    private IncompleteBeta() {
    }

    /**
     * @param a first shape, positive
     * @param b second shape, positive
     * @param odds x / (1 - x), not negative
     * @return I_x(a, b); NaN for NaN
     */
    public static double ratio(final double a, final double b, final double odds) {
        if (odds == 0 || Double.isNaN(odds)) {
            return odds;
        }
        if (odds == Double.POSITIVE_INFINITY) {
            return 1;
        }
        return odds * (b + 1) < a + 1 ? tail(a, b, odds) : 1 - tail(b, a, 1 / odds);
    }

    /** The form that converges quickly for x below the mean. */
    private static double tail(final double a, final double b, final double odds) {
        final double x = odds / (1 + odds);
        final double y = 1 / (1 + odds);
        final double lambda = a * y - b * x;
        final ContinuedFraction fraction = new ContinuedFraction() {
            @Override
            protected double getA(final int n, final double at) {
                final double first = n == 0 ? 0 : n + n * (b - n) * x / (a + 2 * n - 1);
                return first + (a + n) / (a + 2 * n + 1) * (lambda + 1 + n * (1 + y));
            }

            @Override
            protected double getB(final int n, final double at) {
                final double c = (a + 2 * n - 1) / x;
                return (a + n - 1) / c * ((a + b + n - 1) / c) * n * (b - n);
            }
        };
        final double logX = -Math.log1p(1 / odds);
        final double logY = -Math.log1p(odds);
        return Math.exp(a * logX + b * logY - Beta.logBeta(a, b))
            / fraction.evaluate(0, PRECISION, MAX_TERMS);
    }
}
