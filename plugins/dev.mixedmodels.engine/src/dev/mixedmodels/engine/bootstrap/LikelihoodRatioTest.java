package dev.mixedmodels.engine.bootstrap;

import dev.mixedmodels.engine.bootstrap.Refits.Refit;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Words;
import java.util.List;

/**
 * A likelihood ratio test whose null distribution is that of responses drawn from the smaller model: with n replicates,
 * of which m have a ratio at least as large as the observed one, p = (m + 1) / (n + 1).
 * <p>
 * Source: Halekoh &amp; Hojsgaard (2014) J. Stat. Softw. 59(9), section 3 (PBmodcomp of pbkrtest); Davison &amp;
 * Hinkley (1997), section 4.2.
 *
 * @param statistic the observed ratio
 * @param pValue its p-value; NaN without a replicate
 * @param error Monte Carlo standard error of the p-value
 * @param used number of replicates
 * @param failed replicates that one of the models did not converge on, which are left out
 */
public record LikelihoodRatioTest(double statistic, double pValue, double error, int used, int failed) {
    /** Ratios that differ by less are equal. */
    private static final double ROUNDING = 1e-8;

    /**
     * @param large the larger model
     * @param small the smaller model, fitted to the same rows by the same method
     * @param replicates number of drawn responses
     * @param seed of the random numbers
     * @param progress of the whole
     * @return the test
     */
    public static LikelihoodRatioTest of(final Refits large, final Refits small, final int replicates, final long seed,
        final Progress progress) {
        final double statistic = ratio(large.own(), small.own());
        int used = 0;
        int extreme = 0;
        for (final Refit[] fits : ParametricBootstrap.run(small, List.of(large, small), replicates, seed, progress)) {
            if (fits != null && fits[0].converged() && fits[1].converged()) {
                used++;
                extreme += ratio(fits[0], fits[1]) >= statistic - ROUNDING ? 1 : 0;
            }
        }
        final double p = used == 0 ? Double.NaN : (extreme + 1.0) / (used + 1.0);
        return new LikelihoodRatioTest(statistic, p, Math.sqrt(p * (1 - p) / used), used, replicates - used);
    }

    /**
     * @param what is compared: the name of the ratio
     * @param small the model that the responses are drawn from
     * @return what the p-value is, without a stop at the end; or why there is none
     */
    public String words(final String what, final String small) {
        return used == 0 ? what + " without a p-value, for the models converged on no response drawn from " + small
            : what + " among those of " + Words.count(used, "response") + " drawn from " + small;
    }

    private static double ratio(final Refit large, final Refit small) {
        return Math.max(0, small.criterion() - large.criterion());
    }
}
