package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.ChiBarSquare;
import dev.mixedmodels.engine.inference.FTest;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.report.BootstrapIntervals;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The three tests of sigma2 = 0. */
final class VarianceTests {
    private static final String EXACT = "Exact Restricted Likelihood Ratio ";
    /** The work of the exact test grows with the square of the number of distinct sizes. */
    private static final int MOST_SIZES = 5000;

    private VarianceTests() {
    }

    static List<FitStatisticRow> rows(final OneWayFit fit, final Progress progress, final Warnings warnings) {
        final List<FitStatisticRow> rows = new ArrayList<>(List.of(fTest(fit), likelihoodRatio(fit)));
        if (fit.settings().inference().varianceIntervals().bootstrap()) {
            rows.add(BootstrapIntervals.test(rows.get(1).statistic(), OneWayRefits.unequal(fit),
                OneWayRefits.equal(fit), fit.settings().inference().varianceIntervals(), progress, warnings));
        }
        rows.add(exact(fit, progress));
        return rows;
    }

    private static FitStatisticRow fTest(final OneWayFit fit) {
        final FTest test = FTest.of(fit.anova().f(), fit.anova().dfBetween(), fit.anova().dfWithin());
        return new FitStatisticRow(Category.TEST, "F Test " + fit.settings().group(), test.f(), test.numDf(),
            test.denDf(), test.pValue(), "H0: no variance between groups. Mean square between over mean square "
                + "within; exact for any group sizes." + underflow(test.pValue()));
    }

    private static FitStatisticRow likelihoodRatio(final OneWayFit fit) {
        final double statistic = (fit.moments() ? fit.restricted() : fit.estimates()).likelihoodRatio();
        final double p = ChiBarSquare.halfAndHalf(statistic, 1);
        return new FitStatisticRow(Category.TEST, "Likelihood Ratio " + fit.settings().group(), statistic, 1,
            Double.NaN, p, "H0: no variance between groups. "
                + (fit.settings().method() == Method.ML ? "Likelihood" : "Restricted likelihood")
                + " ratio against half chi-square(0) and half chi-square(1), since the hypothesis lies on the boundary;"
                + " right for many groups, for few only roughly, unlike the exact test." + underflow(p)
                + restrictedFit(fit, Method.ANOVA));
    }

    private static FitStatisticRow exact(final OneWayFit fit, final Progress progress) {
        final VarianceEstimates e = fit.restricted();
        if (fit.classes().classes() > MOST_SIZES) {
            return FitStatisticRow.of(Category.TEST, EXACT + fit.settings().group(),
                Double.NaN, "Left out, for more than "
                + MOST_SIZES + " groups have different sums of weights: so many are right for the likelihood ratio.");
        }
        final ExactRestrictedTest.Result result = ExactRestrictedTest.test(fit.classes(), fit.anova(),
            e.likelihoodRatio(), e.sigma2() / e.tau2(), fit.settings().seed(), progress);
        final String how;
        if (e.likelihoodRatio() == 0) {
            how = "The statistic is 0, its smallest value, so that p = 1.";
        } else if (result.draws() == 0) {
            how = "Exact: with groups of equal size it is the F test." + underflow(result.p());
        } else if (result.p() == 0) {
            how = underflow(0).trim();
        } else {
            how = String.format(Locale.ROOT, "Integrated over %d simulated directions (seed %d); Monte Carlo standard "
                + "error of p %.2g.", result.draws(), fit.settings().seed(), result.standardError());
        }
        return new FitStatisticRow(Category.TEST, EXACT + fit.settings().group(),
            e.likelihoodRatio(), Double.NaN, Double.NaN, result.p(), "H0: no variance between groups. Restricted "
                + "likelihood ratio against its own distribution in samples of this size (Crainiceanu and Ruppert "
                + "2004); p = P(T >= t). " + how + restrictedFit(fit, Method.ML) + restrictedFit(fit, Method.ANOVA));
    }

    private static String underflow(final double p) {
        return p == 0 ? " p is below the smallest positive number." : "";
    }

    private static String restrictedFit(final OneWayFit fit, final Method method) {
        return fit.settings().method() == method ? " From a REML fit to the same data." : "";
    }
}
