package dev.mixedmodels.engine.numeric;

import java.util.function.DoubleUnaryOperator;

/**
 * Upper tails and quantiles of the distributions of test statistics, at full relative precision however small the
 * probability, with fractional and infinite degrees of freedom.
 */
public final class Tail {
    /** Odds below which only the leading power of an incomplete beta function is left. */
    private static final double TINY_ODDS = 1e-280;
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
    private static final double LOG_MAX = Math.log(Double.MAX_VALUE);

    private Tail() {
    }

    /**
     * @param z any number
     * @return P(Z &gt; z), Z standard normal
     */
    public static double normal(final double z) {
        return NormalTail.upper(z);
    }

    /**
     * @param t the statistic
     * @param df degrees of freedom, positive, possibly infinite
     * @return P(|T| &gt; |t|), T Student's t; NaN if an argument is NaN or the degrees of freedom are not positive
     */
    public static double tTwoSided(final double t, final double df) {
        if (!(df > 0) || Double.isNaN(t)) {
            return Double.NaN;
        }
        if (df == Double.POSITIVE_INFINITY) {
            return Math.min(1, 2 * normal(Math.abs(t)));
        }
        final double odds = df / t / t;
        return odds < TINY_ODDS ? IncompleteBeta.leadingPower(df / 2, 0.5, Math.log(df) - 2 * Math.log(Math.abs(t)))
            : IncompleteBeta.ratio(df / 2, 0.5, odds);
    }

    /**
     * @param f the statistic
     * @param numDf numerator degrees of freedom, positive, possibly infinite
     * @param denDf denominator degrees of freedom, positive, possibly infinite
     * @return P(F &gt; f); NaN if an argument is NaN or degrees of freedom are not positive
     */
    public static double f(final double f, final double numDf, final double denDf) {
        if (!(numDf > 0) || !(denDf > 0) || Double.isNaN(f)) {
            return Double.NaN;
        }
        if (f <= 0) {
            return 1;
        }
        if (denDf == Double.POSITIVE_INFINITY) {
            return numDf == Double.POSITIVE_INFINITY ? f < 1 ? 1 : 0 : chiSquare(numDf * f, numDf);
        }
        if (numDf == Double.POSITIVE_INFINITY) {
            return IncompleteGamma.lower(denDf / 2, denDf / 2 / f);
        }
        final double odds = denDf / numDf / f;
        return odds < TINY_ODDS
            ? IncompleteBeta.leadingPower(denDf / 2, numDf / 2, Math.log(denDf) - Math.log(numDf) - Math.log(f))
            : IncompleteBeta.ratio(denDf / 2, numDf / 2, odds);
    }

    /**
     * @param x the statistic
     * @param df degrees of freedom, positive and finite; 0 means the constant 0
     * @return P(X &gt;= x) for x = 0 and P(X &gt; x) otherwise, X chi-square; NaN for other degrees of freedom
     */
    public static double chiSquare(final double x, final double df) {
        if (!(df >= 0 && df < Double.POSITIVE_INFINITY) || Double.isNaN(x)) {
            return Double.NaN;
        }
        if (x <= 0) {
            return 1;
        }
        return df == 0 ? 0 : IncompleteGamma.upper(df / 2, x / 2);
    }

    /**
     * @param p probability in (0, 1)
     * @return z with P(Z &gt; z) = p
     */
    public static double normalQuantile(final double p) {
        if (p == 0.5) {
            return 0;
        }
        if (!(p > 0 && p < 1)) {
            return Double.NaN;
        }
        return -LogConcaveQuantile.find(z -> normal(-z), Tail::normal, z -> Math.exp(-0.5 * z * z) / ROOT_TWO_PI, p,
            -normalQuantileGuess(p));
    }

    /**
     * Abramowitz &amp; Stegun 26.2.23, an error below 5e-4: enough to start from.
     *
     * @param p probability in (0, 1)
     * @return nearly the z with P(Z &gt; z) = p
     */
    static double normalQuantileGuess(final double p) {
        if (p > 0.5) {
            return -normalQuantileGuess(1 - p);
        }
        final double t = Math.sqrt(-2 * Math.log(p));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }

    /**
     * @param p probability in (0, 1)
     * @param df degrees of freedom, positive, possibly infinite
     * @return t with P(T &gt; t) = p; infinite where it is larger than any double
     */
    public static double tQuantile(final double p, final double df) {
        if (p == 0.5) {
            return 0;
        }
        if (df == Double.POSITIVE_INFINITY) {
            return normalQuantile(p);
        }
        return p > 0.5 ? -tQuantile(1 - p, df) : positiveQuantile(t -> tTwoSided(t, df) / 2, p);
    }

    /**
     * @param p probability in (0, 1)
     * @param numDf numerator degrees of freedom
     * @param denDf denominator degrees of freedom
     * @return f with P(F &gt; f) = p
     */
    public static double fQuantile(final double p, final double numDf, final double denDf) {
        return positiveQuantile(f -> f(f, numDf, denDf), p);
    }

    /**
     * @param p probability in (0, 1)
     * @param df degrees of freedom
     * @return x with P(X &gt; x) = p
     */
    public static double chiSquareQuantile(final double p, final double df) {
        return positiveQuantile(x -> chiSquare(x, df), p);
    }

    /**
     * The x &gt; 0 at which a falling tail equals p, searched for on the scale log x; 0 or infinity where it lies
     * beyond the range of doubles.
     */
    private static double positiveQuantile(final DoubleUnaryOperator tail, final double p) {
        if (!(p > 0 && p < 1) || Double.isNaN(tail.applyAsDouble(1))) {
            return Double.NaN;
        }
        final DoubleUnaryOperator excess = u -> {
            final double q = tail.applyAsDouble(Math.exp(u));
            return q > 0.5 ? p - q : Math.log(p) - Math.log(Math.max(q, Double.MIN_VALUE));
        };
        double low = 0;
        double high = 0;
        for (double step = 1; excess.applyAsDouble(low) > 0; step *= 2) {
            if (low == -LOG_MAX) {
                return 0;
            }
            low = Math.max(-LOG_MAX, low - step);
        }
        for (double step = 1; excess.applyAsDouble(high) < 0; step *= 2) {
            if (high == LOG_MAX) {
                return Double.POSITIVE_INFINITY;
            }
            high = Math.min(LOG_MAX, high + step);
        }
        return Math.exp(Roots.find(excess, low, high));
    }
}
