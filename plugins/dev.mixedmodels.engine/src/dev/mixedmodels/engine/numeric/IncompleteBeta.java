package dev.mixedmodels.engine.numeric;

import org.apache.commons.math3.special.Gamma;

/**
 * The regularised incomplete beta function I_x(a, b) at x = odds / (1 + odds). Taking the odds keeps both x and 1 - x
 * exact, which matters when a or b runs into the millions. The work is bounded.
 * <p>
 * Source: DiDonato &amp; Morris (1992) ACM TOMS 18:360-373: the continued fraction in lambda = a (1 - x) - b x, and the
 * power series where a shape below 1 lets a tail be nearly 1; {@link BetaIntegral} for two large shapes.
 */
public final class IncompleteBeta {
    private static final double PRECISION = 1e-16;
    /** Twice as many terms as are needed where the smaller shape is below {@link BetaIntegral#LEAST_SHAPE}. */
    private static final int MAX_TERMS = 2000;

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
        final double x = odds / (1 + odds);
        final double y = 1 / (1 + odds);
        final double lambda = lambda(a, b, odds);
        if (Double.isInfinite(lambda)) {
            return lambda > 0 ? 0 : 1; // shapes so large that nothing is left but the mean
        }
        final boolean large = Math.min(a, b) > BetaIntegral.LEAST_SHAPE;
        if (large ? lambda >= 0 : odds * (b + 1) < a + 1) {
            return Math.min(1, logitDensity(a, b, odds)
                * (large ? BetaIntegral.of(a + b, x, y, lambda) : fraction(a, b, x, y, lambda)));
        }
        if (b < 1) {
            return complementOfSmallShape(b, a, y, -Math.log1p(odds));
        }
        return Math.max(0, 1 - logitDensity(a, b, odds)
            * (large ? BetaIntegral.of(a + b, y, x, -lambda) : fraction(b, a, y, x, -lambda)));
    }

    /** a (1 - x) - b x, whose difference is formed with one rounding. */
    private static double lambda(final double a, final double b, final double odds) {
        return Math.fma(-b, odds, a) / (1 + odds);
    }

    /**
     * Where only the leading power is left, x^a / (a B(a, b)), at odds that may lie beyond the range of a double.
     *
     * @param a first shape, positive
     * @param b second shape, positive
     * @param logOdds log(x / (1 - x)), far below 0
     * @return I_x(a, b)
     */
    static double leadingPower(final double a, final double b, final double logOdds) {
        return Math.exp(a * logOdds - logScaledBeta(a, b));
    }

    /** The continued fraction, by Lentz's method; it converges quickly for x below the mean. */
    private static double fraction(final double a, final double b, final double x, final double y,
        final double lambda) {
        double value = a / (a + 1) * (lambda + 1);
        double c = value;
        double d = 0;
        double factor = 0;
        for (int n = 1; n <= MAX_TERMS && Math.abs(factor - 1) > PRECISION; n++) {
            final double before = a + (n - 1);
            final double span = before + n;
            final double first = before / span * x * ((before + b) / span * x) * n * (b - n);
            final double second = n + n * (b - n) * x / span + (a + n) / (span + 2) * (lambda + 1 + n * (1 + y));
            d = 1 / (second + first * d);
            c = second + first / c;
            factor = c * d;
            value *= factor;
        }
        return 1 / value;
    }

    /**
     * 1 - I_x(a, b) for a below 1 and b x below about 1:
     * I_x = x^a / (a B(a, b)) (1 + a sum of (1 - b) ... (j - b) / (j! (a + j)) x^j), its first factor expanded about 1.
     */
    private static double complementOfSmallShape(final double a, final double b, final double x, final double logX) {
        double power = 1;
        double sum = 0;
        for (int j = 1; j <= MAX_TERMS && Math.abs(power) > PRECISION * Math.abs(sum); j++) {
            power *= (j - b) / j * x;
            sum += power / (a + j);
        }
        final double leading = Math.expm1(a * logX - logScaledBeta(a, b));
        return Math.min(1, Math.max(0, -leading - (1 + leading) * a * sum));
    }

    /** log(a B(a, b)), exact to its last digits for small a, where it tends to 0. */
    private static double logScaledBeta(final double a, final double b) {
        return a <= 1 ? Gamma.logGamma1p(a) - Stirling.rise(b, a)
            : Math.log(a) - Math.log(logitDensity(a, b, a / b)) + a * Math.log(a / (a + b)) + b * Math.log(b / (a + b));
    }

    /**
     * The density of log(X / (1 - X)), X beta, as Loader's saddle-point form, which loses nothing at large shapes.
     *
     * @param a first shape, positive
     * @param b second shape, positive
     * @param odds x / (1 - x), positive and finite
     * @return x^a (1 - x)^b / B(a, b)
     */
    static double logitDensity(final double a, final double b, final double odds) {
        final double lambda = lambda(a, b, odds);
        final double n = a + b;
        return Math.exp(-Deviance.of(a, n / (1 + 1 / odds), -lambda) - Deviance.of(b, n / (1 + odds), lambda)
            - Stirling.remainder(a) - Stirling.remainder(b) + Stirling.remainder(n))
            * Math.sqrt(a / n * b / (2 * Math.PI));
    }

    /**
     * @param a first shape, positive
     * @param b second shape, positive
     * @param p probability in (0, 1)
     * @return the odds x / (1 - x) at which I_x(a, b) = p
     */
    public static double quantile(final double a, final double b, final double p) {
        return Math.exp(LogConcaveQuantile.find(u -> ratio(a, b, Math.exp(u)), u -> ratio(b, a, Math.exp(-u)),
            u -> logitDensity(a, b, Math.exp(u)), p, logitGuess(a, b, p)));
    }

    /** Abramowitz &amp; Stegun 26.5.22; the leading power of a tail where a shape is below 1. */
    private static double logitGuess(final double a, final double b, final double p) {
        if (a < 1 && p <= 0.5) {
            return Math.min(Math.log(a / b), (Math.log(p) + logScaledBeta(a, b)) / a);
        }
        if (b < 1 && p > 0.5) {
            return -Math.min(Math.log(b / a), (Math.log(1 - p) + logScaledBeta(b, a)) / b);
        }
        if (a < 1 || b < 1) {
            return Math.log(a / b);
        }
        final double z = Tail.normalQuantileGuess(p);
        final double left = 1 / (2 * a - 1);
        final double right = 1 / (2 * b - 1);
        final double h = 2 / (left + right);
        final double k = (z * z - 3) / 6;
        final double w = z * Math.sqrt(Math.max(0, h + k)) / h - (right - left) * (k + 5.0 / 6 - 2 / (3 * h));
        return Math.log(a / b) - 2 * w;
    }
}
