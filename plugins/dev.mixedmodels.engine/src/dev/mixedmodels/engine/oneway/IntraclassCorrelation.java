package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.Roots;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.function.DoubleUnaryOperator;

/**
 * Confidence intervals for the intraclass correlation sigma2 / (sigma2 + tau2) that do not rest on large samples.
 *
 * @param exact Wald's exact interval; Searle's for balanced data, to which it reduces
 * @param approximate Thomas and Hultquist's interval from the unweighted group means
 */
record IntraclassCorrelation(ProfileBounds exact, ProfileBounds approximate) {
    /** log(1 + n r) of the largest groups beyond which r counts as -1 / n. */
    private static final double LOWEST = -30;

    static IntraclassCorrelation of(final AnovaTable anova, final SizeClasses data, final double confidence) {
        final double tail = (1 - confidence) / 2;
        final double high = Tail.fQuantile(tail, anova.dfBetween(), anova.dfWithin());
        final double low = Tail.fQuantile(1 - tail, anova.dfBetween(), anova.dfWithin());
        final RatioCriterion criterion = new RatioCriterion(data, false);
        return new IntraclassCorrelation(
            new ProfileBounds(share(ratio(criterion, anova, high)), share(ratio(criterion, anova, low))),
            thomasHultquist(anova, data, high, low));
    }

    /** r / (1 + r), a correlation; a ratio below -1/2, which that of groups of one row may be, gives none. */
    private static double share(final double ratio) {
        return ratio > -0.5 ? ratio / (1 + ratio) : -1;
    }

    /**
     * The ratio r = sigma2 / tau2 at which H(r) = sum w_i (mean_i - m(r))^2 / ((a - 1) MSW), w_i = n_i / (1 + n_i r),
     * which is distributed as F(a - 1, N - a) at the true r and falls with r, equals a quantile; -1 / (largest n) when
     * H does not reach it. Source: Wald (1940) Ann. Math. Statist. 11:96-100.
     */
    private static double ratio(final RatioCriterion criterion, final AnovaTable anova, final double quantile) {
        final double n = criterion.data().largest();
        final double scale = anova.dfBetween() * criterion.data().within() / anova.dfWithin();
        final DoubleUnaryOperator rise =
            x -> quantile - criterion.at(Math.expm1(x) / n).between() / scale; // x = log(1 + n r)
        double low = 0;
        for (double step = 1; rise.applyAsDouble(low) > 0; step *= 2) {
            if (low == LOWEST) {
                return -1 / n;
            }
            low = Math.max(LOWEST, low - step);
        }
        double high = 0;
        for (double step = 1; rise.applyAsDouble(high) < 0; step *= 2) {
            high += step;
        }
        return Math.expm1(Roots.find(rise, low, high)) / n;
    }

    /**
     * With the harmonic mean size n, F = n s^2(means) / MSW is nearly (1 + n r) F(a - 1, N - a). Source: Thomas &amp;
     * Hultquist (1978) Ann. Statist. 6:582-587.
     */
    private static ProfileBounds thomasHultquist(final AnovaTable anova, final SizeClasses data, final double high,
        final double low) {
        double inverse = 0;
        double sum = 0;
        for (int k = 0; k < data.classes(); k++) {
            inverse += data.count()[k] / data.size()[k];
            sum += data.count()[k] * data.mean()[k];
        }
        final double n = data.groups() / inverse;
        final double f = n * (data.unweightedScatter() - sum * sum / data.groups()) / anova.dfBetween()
            / (data.within() / anova.dfWithin());
        return new ProfileBounds(share((f / high - 1) / n), share((f / low - 1) / n));
    }

    /** Both intervals cut off at 0. */
    IntraclassCorrelation truncated() {
        return new IntraclassCorrelation(truncated(exact), truncated(approximate));
    }

    private static ProfileBounds truncated(final ProfileBounds bounds) {
        return new ProfileBounds(Math.max(0, bounds.lower()), Math.max(0, bounds.upper()));
    }
}
