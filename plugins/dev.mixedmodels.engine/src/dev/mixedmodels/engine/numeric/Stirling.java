package dev.mixedmodels.engine.numeric;

/**
 * What Stirling's formula leaves of the log gamma function: log Gamma(z) = (z - 1/2) log z - z + log(2 pi) / 2 + r(z).
 * Differences of log gamma functions at large arguments keep all their digits when the remainders are subtracted and
 * the leading terms are combined by hand.
 * <p>
 * Source: Abramowitz &amp; Stegun 6.1.41; small arguments by the recurrence
 * r(z) = r(z + 1) + (z + 1/2) log(1 + 1/z) - 1, whose terms are all positive.
 */
public final class Stirling {
    private static final double HALF_LOG_TWO_PI = 0.918938533204672741780329736406;
    /** From here on the series is exact to double precision. */
    private static final double LARGE = 12;
    /** B_2j / (2j (2j - 1)), coefficients of z^(1 - 2j). */
    private static final double[] SERIES = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188,
        -691.0 / 360360, 1.0 / 156};

    private Stirling() {
    }

    /**
     * @param z positive, possibly infinite
     * @return r(z)
     */
    public static double remainder(final double z) {
        double sum = 0;
        double at = z;
        for (; at < LARGE; at++) {
            sum += at < 1 ? (at + 0.5) * logRatio(at) - 1 : risingPart(at);
        }
        final double inverse = 1 / at;
        double series = 0;
        for (int j = SERIES.length - 1; j >= 0; j--) {
            series = series * inverse * inverse + SERIES[j];
        }
        return sum + series * inverse;
    }

    /**
     * @param z positive, possibly infinite
     * @return z^2 r'(z), which tends to -1/12; the digamma function is log z - 1 / (2 z) + r'(z)
     */
    public static double scaledDerivative(final double z) {
        double sum = 0;
        double at = z;
        for (; at < LARGE; at++) {
            sum += logRatio(at) - (at + 0.5) / (at * (at + 1));
        }
        final double inverse = 1 / at;
        double series = 0;
        for (int j = SERIES.length - 1; j >= 0; j--) {
            series = series * inverse * inverse - (2 * j + 1) * SERIES[j];
        }
        return at == z ? series : z * z * (sum + series * inverse * inverse);
    }

    /**
     * What Stirling's formula for n! lacks beside n log n - n.
     *
     * @param n not negative
     * @return log Gamma(n + 1) - (n log n - n) = log(2 pi n) / 2 + r(n), 0 for n = 0
     */
    public static double factorial(final double n) {
        return n == 0 ? 0 : HALF_LOG_TWO_PI + 0.5 * Math.log(n) + remainder(n);
    }

    /**
     * The rise of the log gamma function, relatively exact however short the step.
     *
     * @param z positive
     * @param step in [0, 1]
     * @return log Gamma(z + step) - log Gamma(z)
     */
    public static double rise(final double z, final double step) {
        double sum = 0;
        double at = z;
        for (; at < LARGE; at++) {
            sum -= Math.log1p(step / at);
        }
        final double ratio = Math.log1p(step / at);
        sum += (at - 0.5) * ratio + step * (Math.log(at) + ratio - 1);
        double power = 1 / at;
        for (int j = 0; j < SERIES.length; j++) {
            sum += SERIES[j] * power * Math.expm1(-(2 * j + 1) * ratio);
            power /= at * at;
        }
        return sum;
    }

    /** log((z + 1) / z). */
    private static double logRatio(final double z) {
        return Math.log1p(1 / z);
    }

    /** (z + 1/2) log(1 + 1/z) - 1 = v^2/3 + v^4/5 + ... with v = 1 / (2 z + 1), for z of at least 1. */
    private static double risingPart(final double z) {
        final double v2 = 1 / ((2 * z + 1) * (2 * z + 1));
        double sum = 0;
        double power = v2;
        for (int j = 3; power > 1e-19; j += 2) {
            sum += power / j;
            power *= v2;
        }
        return sum;
    }
}
