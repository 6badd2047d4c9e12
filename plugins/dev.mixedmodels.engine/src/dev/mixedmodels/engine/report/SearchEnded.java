package dev.mixedmodels.engine.report;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.optimise.Optimum;
import java.util.Locale;

/** What is said of a search for the largest likelihood that ended without convergence. */
public final class SearchEnded {
    private SearchEnded() {
    }

    /**
     * @param optimum where the search ended
     * @param maxIterations the steps that it was allowed
     * @param simpler what the user may choose instead, such as "a simpler random part"
     * @return full sentences: at its limit or before, how far away, and what to do
     */
    public static String withoutConvergence(final Optimum optimum, final int maxIterations, final String simpler) {
        final boolean limit = optimum.iterations() >= maxIterations;
        return String.format(Locale.ROOT, "The search for the largest likelihood %s without convergence, at a largest "
            + "derivative of %.2g. %sChoose %s%s.", limit ? "reached its limit of " + Words.count(maxIterations, "step")
                : "came to a halt", optimum.freeGradient(),
            limit ? "" : "The likelihood is too flat or too uneven there. ", simpler,
            limit ? ", or raise \"Iterations at most\"" : "");
    }
}
