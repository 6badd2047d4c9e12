package dev.mixedmodels.engine.numeric;

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
        return logitDensity(a, b, odds) / fraction.evaluate(0, PRECISION, MAX_TERMS);
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
        final double lambda = (a - b * odds) / (1 + odds);
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
            return Math.min(Math.log(a / b), (Math.log(p * a) + logBeta(a, b)) / a);
        }
        if (b < 1 && p > 0.5) {
            return -Math.min(Math.log(b / a), (Math.log((1 - p) * b) + logBeta(a, b)) / b);
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

    private static double logBeta(final double a, final double b) {
        return -Math.log(logitDensity(a, b, a / b)) + a * Math.log(a / (a + b)) + b * Math.log(b / (a + b));
    }
}
