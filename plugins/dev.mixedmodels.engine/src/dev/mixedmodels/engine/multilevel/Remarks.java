package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.report.SearchEnded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the user should know about a fit, in words. */
final class Remarks {
    /** Correlations beyond this are perfect. */
    static final double PERFECT = 1 - 1e-8;

    private Remarks() {
    }

    static void add(final FittedModel fitted, final Warnings warnings) {
        singular(fitted).forEach(warnings::add);
        fitted.unit().remark(fitted.mixed().design().formula().response().column(), fitted.fit().sigma2())
            .ifPresent(warnings::add);
        if (!fitted.fit().optimum().converged()) {
            warnings.add(notConverged(fitted));
        }
    }

    /** One sentence for each direction of a D that vanished. */
    static List<String> singular(final FittedModel fitted) {
        final List<String> texts = new ArrayList<>();
        for (int k = 0; k < fitted.mixed().groups().size(); k++) {
            final RandomGroup group = fitted.mixed().groups().get(k);
            final double[][] d = fitted.fit().covariance(k);
            for (int i = 0; i < d.length; i++) {
                if (d[i][i] == 0) {
                    texts.add("Singular fit: the variance of " + group.names().get(i) + " between the units of \""
                        + group.name() + "\" is estimated as 0, its smallest possible value. The data show no more "
                        + "variation there than chance explains; this is a valid estimate, but the level or slope may "
                        + "be more than the data support.");
                }
                for (int j = 0; j < i; j++) {
                    if (d[i][i] > 0 && d[j][j] > 0
                        && Math.abs(d[i][j]) >= PERFECT * Math.sqrt(d[i][i]) * Math.sqrt(d[j][j])) {
                        texts.add(String.format(Locale.ROOT, "Singular fit: the correlation of %s and %s between the "
                            + "units of \"%s\" is estimated as %s1, on its boundary. The data do not support all these "
                            + "random effects; try diagonal covariance, or leave one out.", group.names().get(j),
                            group.names().get(i), group.name(), d[i][j] < 0 ? "-" : ""));
                    }
                }
            }
        }
        if (texts.isEmpty() && fitted.fit().singular()) {
            texts.add("Singular fit: a combination of random effects has an estimated variance of 0. The data do not "
                + "support all random effects; leave one out.");
        }
        return texts;
    }

    static String notConverged(final FittedModel fitted) {
        return SearchEnded.withoutConvergence(fitted.fit().optimum(), fitted.settings().estimation().maxIterations(),
            fitted.settings().inference().varianceIntervals(), "a simpler random part");
    }
}
