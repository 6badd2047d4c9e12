package dev.mixedmodels.engine.numeric;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;

/**
 * Upper tails and quantiles of the distributions of test statistics, at full relative precision however small the
 * probability, with fractional and infinite degrees of freedom.
 */
public final class Tail {
    /** From here on the incomplete beta function loses more digits than its limit lacks. */
    private static final double LARGE_DF = 1e10;
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
    private static final double LOG_MAX = Math.log(Double.MAX_VALUE);

    private Tail() {
    }

    /**
     * @param z any number
     * @return P(Z &gt; z), Z standard normal
     */
    public static double normal(final double z) {
        return 0.5 * Erf.erfc(z / Math.sqrt(2));
    }

    /**
     * @param t the statistic
     * @param df degrees of freedom, positive, possibly infinite
     * @return P(|T| &gt; |t|), T Student's t
     */
    public static double tTwoSided(final double t, final double df) {
        if (df > LARGE_DF) {
            return f(t * t, 1, df);
        }
        return df > 0 ? IncompleteBeta.ratio(df / 2, 0.5, df / t / t) : Double.NaN;
    }

    /**
     * @param f the statistic
     * @param numDf numerator degrees of freedom, positive
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
        if (denDf > LARGE_DF) {
            return nearChiSquare(f, numDf, denDf);
        }
        return IncompleteBeta.ratio(denDf / 2, numDf / 2, denDf / numDf / f);
    }

    /**
     * The limit of many denominator degrees of freedom with its first correction: P(F &gt; f) = E Q(k, u s), where
     * k = numDf / 2, u = k f and s = chi2(denDf) / denDf has mean 1 and variance 2 / denDf, expanded about s = 1.
     */
    private static double nearChiSquare(final double f, final double numDf, final double denDf) {
        final double k = numDf / 2;
        final double u = k * f;
        final double density = Math.exp(k * Math.log(u) - u - Gamma.logGamma(k)); // u times that of Gamma(k)
        return chiSquare(2 * u, numDf) + density * (u + 1 - k) / denDf;
    }

    /**
     * @param x the statistic
     * @param df degrees of freedom, positive; 0 means the constant 0
     * @return P(X &gt;= x) for x = 0 and P(X &gt; x) otherwise, X chi-square
     */
    public static double chiSquare(final double x, final double df) {
        if (Double.isNaN(x)) {
            return Double.NaN;
        }
        if (x <= 0) {
            return 1;
        }
        return df == 0 ? 0 : Gamma.regularizedGammaQ(df / 2, x / 2);
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
     * @return t with P(T &gt; t) = p
     */
    public static double tQuantile(final double p, final double df) {
        if (p == 0.5) {
            return 0;
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

    /** The x &gt; 0 at which a falling tail equals p, searched for on the scale log x. */
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
        for (double step = 1; excess.applyAsDouble(low) > 0 && low > -LOG_MAX; step *= 2) {
            low = Math.max(-LOG_MAX, low - step);
        }
        for (double step = 1; excess.applyAsDouble(high) < 0 && high < LOG_MAX; step *= 2) {
            high = Math.min(LOG_MAX, high + step);
        }
        return Math.exp(Roots.find(excess, low, high));
    }
}
