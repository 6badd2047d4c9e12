package dev.mixedmodels.engine.report;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.optimise.Optimum;
import java.util.Locale;

/** What is said of a search for the largest likelihood that ended without convergence. */
public final class SearchEnded {
    private SearchEnded() {
    }

    /**
     * @param optimum where a search ended
     * @param intervals what is wanted of covariance parameters
     * @return what there is: without convergence there is no largest likelihood to profile from, so Wald's instead
     */
    public static VarianceIntervals possible(final Optimum optimum, final VarianceIntervals intervals) {
        return intervals.profile() && !optimum.converged() ? VarianceIntervals.WALD : intervals;
    }

    /**
     * @param optimum where the search ended
     * @param maxIterations the steps that it was allowed
     * @param intervals what is wanted of covariance parameters
     * @param simpler what the user may choose instead, such as "a simpler random part"
     * @return full sentences: at its limit or before, how far away, and what to do
     */
    public static String withoutConvergence(final Optimum optimum, final int maxIterations,
        final VarianceIntervals intervals, final String simpler) {
        final boolean limit = optimum.iterations() >= maxIterations;
        return String.format(Locale.ROOT, "The search for the largest likelihood %s without convergence, at a largest "
            + "derivative of %.2g. %s%sChoose %s%s.", limit ? "reached its limit of " + Words.count(maxIterations,
            "step")
                : "came to a halt", optimum.freeGradient(),
            limit ? "" : "The likelihood is too flat or too uneven there. ",
            possible(optimum, intervals) == intervals ? "" : "Intervals of covariance parameters are Wald intervals, "
            + "for a profile needs the largest likelihood. ", simpler,
            limit ? ", or raise \"Iterations at most\"" : "");
    }
}
