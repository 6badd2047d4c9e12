package dev.mixedmodels.engine.numeric;

import org.apache.commons.math3.special.Gamma;

/**
 * Tails of the gamma distribution with unit rate, each to nearly all its digits however small it is, for shapes from
 * nearly 0 to beyond 1e15, and its quantiles. The work is bounded.
 * <p>
 * Sources: power series (Abramowitz &amp; Stegun 6.5.29) and Legendre's continued fraction (6.5.31) for moderate
 * shapes; Temme's uniform expansion for large ones (NIST Digital Library of Mathematical Functions, 8.12).
 */
public final class IncompleteGamma {
    /** From here on three terms of Temme's expansion are exact to double precision. */
    private static final double LARGE_SHAPE = 1e4;
    private static final double SMALL_ETA = 0.05;
    /** An exponent whose exponential is 0. */
    private static final double FAR = 800;
    private static final double EPSILON = 1e-17;
    /** More terms than series and fraction ever need below {@link #LARGE_SHAPE}. */
    private static final int MAX_TERMS = 10_000;
    private static final double TWO_PI = 2 * Math.PI;

    private IncompleteGamma() {
    }

    /**
     * @param shape positive
     * @param x any number, possibly infinite
     * @return P(X &lt;= x)
     */
    public static double lower(final double shape, final double x) {
        if (!(x > 0)) {
            return x <= 0 ? 0 : Double.NaN;
        }
        if (x == Double.POSITIVE_INFINITY) {
            return 1;
        }
        if (shape > LARGE_SHAPE) {
            return temme(shape, x, -1);
        }
        return x < shape + 1 ? Math.min(1, series(shape, x)) : Math.max(0, 1 - fraction(shape, x));
    }

    /**
     * @param shape positive
     * @param x any number, possibly infinite
     * @return P(X &gt; x)
     */
    public static double upper(final double shape, final double x) {
        if (!(x > 0)) {
            return x <= 0 ? 1 : Double.NaN;
        }
        if (x == Double.POSITIVE_INFINITY) {
            return 0;
        }
        if (shape > LARGE_SHAPE) {
            return temme(shape, x, 1);
        }
        if (x >= shape + 1) {
            return fraction(shape, x);
        }
        return Math.min(1, Math.max(0, shape < 1 ? upperOfSmallShape(shape, x) : 1 - series(shape, x)));
    }

    /**
     * @param shape positive
     * @param p probability in (0, 1)
     * @return x with P(X &lt;= x) = p; 0 where it is smaller than any double
     */
    public static double quantile(final double shape, final double p) {
        final double mode = wilsonHilferty(shape, p);
        final double start = mode > 0 ? Math.log(mode)
            : (Math.log(p) + logGammaOfOnePlus(shape)) / shape; // P ~ x^a / Gamma(a + 1)
        return Math.exp(LogConcaveQuantile.find(u -> lower(shape, Math.exp(u)), u -> upper(shape, Math.exp(u)),
            u -> densityOfLog(shape, Math.exp(u)), p, start));
    }

    /** Wilson &amp; Hilferty (1931): the cube root of X / shape is nearly normal; 0 where that fails. */
    private static double wilsonHilferty(final double shape, final double p) {
        final double ninth = 1 / (9 * shape);
        final double root = 1 - ninth - Tail.normalQuantileGuess(p) * Math.sqrt(ninth);
        return root > 0.2 ? shape * root * root * root : 0;
    }

    /**
     * The density of log X.
     *
     * @param shape positive
     * @param x positive
     * @return x^shape exp(-x) / Gamma(shape)
     */
    static double densityOfLog(final double shape, final double x) {
        if (shape < 1) {
            return shape * Math.exp(shape * Math.log(x) - x - Gamma.logGamma1p(shape));
        }
        return Math.exp(-Deviance.of(shape, x, x - shape) - Stirling.remainder(shape)) * Math.sqrt(shape / TWO_PI);
    }

    private static double logGammaOfOnePlus(final double z) {
        return z * Math.log(z) - z + Stirling.factorial(z);
    }

    /** x^a e^-x / Gamma(a + 1) (1 + x / (a + 1) + x^2 / ((a + 1) (a + 2)) + ...). */
    private static double series(final double shape, final double x) {
        double term = 1;
        double sum = 1;
        for (int n = 1; n <= MAX_TERMS && term > EPSILON * sum; n++) {
            term *= x / (shape + n);
            sum += term;
        }
        return densityOfLog(shape, x) / shape * sum;
    }

    /**
     * 1 - x^a / Gamma(a + 1) (1 + a s) with s = sum of (-x)^n / (n! (a + n)), for a and x below 1 and 2, where the
     * lower tail may be nearly 1: x^a / Gamma(a + 1) is expanded about 1.
     */
    private static double upperOfSmallShape(final double shape, final double x) {
        double power = 1;
        double sum = 0;
        for (int n = 1; n <= MAX_TERMS && Math.abs(power) > EPSILON; n++) {
            power *= -x / n;
            sum += power / (shape + n);
        }
        final double leading = Math.expm1(shape * Math.log(x) - Gamma.logGamma1p(shape));
        return -leading - (1 + leading) * shape * sum;
    }

    /** x^a e^-x / Gamma(a) / (x + 1 - a - 1 (1 - a) / (x + 3 - a - ...)), by Lentz's method; x of at least a + 1. */
    private static double fraction(final double shape, final double x) {
        double b = x + 1 - shape;
        double c = Double.POSITIVE_INFINITY;
        double d = 1 / b;
        double value = d;
        double factor = 0;
        for (int n = 1; n <= MAX_TERMS && Math.abs(factor - 1) > EPSILON * 10; n++) {
            final double a = -n * (n - shape);
            b += 2;
            d = 1 / (a * d + b);
            c = b + a / c;
            factor = c * d;
            value *= factor;
        }
        return densityOfLog(shape, x) * value;
    }

    /** Q for side 1 and P for side -1: erfc(side eta sqrt(a / 2)) / 2 + side R. */
    private static double temme(final double shape, final double x, final double side) {
        final double mu = (x - shape) / shape;
        final double halfSquare = mu * mu * Deviance.kappa(mu);
        if (shape * halfSquare > FAR) {
            return side * mu > 0 ? 0 : 1;
        }
        final double eta = Math.copySign(Math.sqrt(2 * halfSquare), mu);
        final double c0;
        final double c1;
        if (Math.abs(eta) < SMALL_ETA) {
            c0 = -1.0 / 3 + eta * (1.0 / 12 + eta * (-2.0 / 135 + eta * (1.0 / 864 + eta * (1.0 / 2835
                - eta * 139.0 / 777600))));
            c1 = -1.0 / 540 + eta * (-1.0 / 288 + eta * (1.0 / 378 - eta * 77.0 / 77760));
        } else {
            c0 = 1 / mu - 1 / eta;
            c1 = 1 / (eta * eta * eta) - (1 / mu + 1) / (mu * mu) - 1 / (12 * mu);
        }
        final double rest = Math.exp(-shape * halfSquare) / Math.sqrt(TWO_PI * shape)
            * (c0 + (c1 + (25.0 / 6048 + eta * (-139.0 / 51840 + eta / 1296)) / shape) / shape);
        return NormalTail.upper(side * eta * Math.sqrt(shape)) + side * rest;
    }
}
