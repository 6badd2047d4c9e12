package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.bootstrap.LikelihoodRatioTest;
import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import java.util.HashMap;
import java.util.Map;

/** Likelihood ratio tests of nested models by responses drawn from the smaller one. */
final class BootstrapTests {
    private final BootstrapSettings settings;
    private final Warnings warnings;
    private final Map<String, Refits> fitted = new HashMap<>();

    BootstrapTests(final BootstrapSettings settings, final Warnings warnings) {
        this.settings = settings;
        this.warnings = warnings;
    }

    /**
     * @param pair two nested models of which the larger one has more parameters
     * @param progress of the test
     * @return the test; without figures where one of the models cannot be fitted again
     */
    ComparisonTest of(final Pair pair, final Progress progress) {
        final ComparedModel cannot = !Refitted.possible(pair.large()) ? pair.large()
            : !Refitted.possible(pair.small()) ? pair.small() : null;
        if (cannot != null) {
            return row(pair, Double.NaN, Double.NaN, Double.NaN, "There is no bootstrap of models of the node "
                + cannot.model().kind().node() + ".");
        }
        // restricted likelihoods only where they can be compared, as pbkrtest has it
        final boolean reml = pair.comparable() && pair.large().restricted();
        final LikelihoodRatioTest test = LikelihoodRatioTest.of(refits(pair.large(), reml, progress),
            refits(pair.small(), reml, progress), settings.replicates(), settings.seed(), progress);
        if (test.failed() > 0) {
            warnings.add("Bootstrap of " + pair.large().name() + " against " + pair.small().name() + ": "
                + Words.count(test.failed(), "replicate") + " of " + settings.replicates()
                + " did not converge and are left out.");
        }
        return row(pair, test.statistic(), test.pValue(), test.error(), test.words("Likelihood ratio"
            + (reml ? " of the restricted likelihoods" : pair.large().restricted() ? " of ML fits" : ""),
            pair.small().name()) + ".");
    }

    private Refits refits(final ComparedModel model, final boolean reml, final Progress progress) {
        return fitted.computeIfAbsent(model.name() + reml,
            key -> Refitted.of(model, settings.table().apply(model.model()), reml, progress));
    }

    private static ComparisonTest row(final Pair pair, final double statistic, final double p, final double error,
        final String note) {
        return new ComparisonTest(pair.large().name(), pair.small().name(), "Parametric bootstrap", statistic,
            Double.isNaN(statistic) ? Double.NaN : PairTests.df(pair), Double.NaN, p, error, note);
    }
}
