package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.inference.DfMethod;
import java.util.List;
import java.util.Locale;

/** What the user should know about a fit, as warnings and beside the figures concerned. Empty if all is well. */
final class Remarks {
    /** Times the root of the number of rows: a derivative in the logarithm of a variance that is called 0. */
    private static final double GRADIENT_TOLERANCE = 1e-6;
    /** Residual standard deviation in units of the last place of the response below which rounding shows. */
    private static final double ROUNDING = 4;

    private Remarks() {
    }

    static List<String> all(final OneWayFit fit) {
        return List.of(boundary(fit), convergence(fit), rounding(fit), range(fit)).stream()
            .filter(r -> !r.isEmpty()).toList();
    }

    static boolean converged(final OneWayFit fit) {
        return fit.moments() || converged(fit.estimates(), fit.anova().rows());
    }

    /** Of estimates by a likelihood. */
    static boolean converged(final VarianceEstimates estimates, final double rows) {
        return estimates.gradient() <= GRADIENT_TOLERANCE * Math.sqrt(rows);
    }

    /** What a variance at or below 0 means. */
    static String boundary(final OneWayFit fit) {
        final String group = fit.settings().group();
        if (fit.estimates().boundary()) {
            return "The variance between the groups of \"" + group + "\" is estimated as 0, its smallest possible "
                + "value (singular fit): the group means differ no more than the variation within groups leads one to "
                + "expect. All BLUPs are 0 and " + meanAtBoundary(fit) + " This is a valid estimate, not a failure; "
                + "more groups would tell a small variance from none.";
        }
        return fit.negative() ? String.format(Locale.ROOT, "The method of moments estimates the variance between the "
            + "groups of \"%s\" as %.6g times the residual variance, below 0: the mean square between groups is less "
            + "than that within. It is reported as it is; BLUPs are missing.%s%s%s REML keeps the variance at 0.",
            group, fit.estimates().sigma2() / fit.estimates().tau2(),
            fit.estimates().meanVariance() > 0 ? "" : " The variance of the mean comes out negative too, so that its "
                + "standard error is missing.",
            Double.isNaN(fit.intraclassCorrelation()) ? " The correlation of two rows of a group comes out below -1, "
                + "which no correlation can be, and is missing." : "", interval(fit)) : "";
    }

    /** Williams and Tukey's interval ends below 0 where F is below its own lower quantile, and may leave it out. */
    private static String interval(final OneWayFit fit) {
        final double sigma2 = fit.estimates().sigma2();
        return sigma2 < fit.bounds().sigma2().lower() || sigma2 > fit.bounds().sigma2().upper()
            ? " Its interval does not hold it: so small a ratio of the mean squares is unlikely whatever the variance."
            : "";
    }

    private static String meanAtBoundary(final OneWayFit fit) {
        return fit.settings().inference().dfMethod() == DfMethod.KENWARD_ROGER
            ? "Kenward-Roger still counts the variance as uncertain, so that the standard error of the mean may exceed "
                + "that of independent rows; at the bound its degrees of freedom are rough."
            : "the mean has the standard error that independent rows give.";
    }

    static String convergence(final OneWayFit fit) {
        return converged(fit) ? "" : String.format(Locale.ROOT, "The likelihood's derivative at the estimates is %.2g "
            + "instead of 0: the estimates may lack digits. Look for groups of very different size or variation.",
            fit.estimates().gradient());
    }

    static String rounding(final OneWayFit fit) {
        final double residual = Math.sqrt(fit.estimates().tau2()) * fit.classes().unit();
        return residual >= ROUNDING * Math.ulp(fit.anova().grandMean()) ? ""
            : "The residual standard deviation is no larger than the rounding of the stored responses. Subtract a "
                + "constant from the response before it is stored.";
    }

    static String range(final OneWayFit fit) {
        return fit.outOfRange() ? "The response \"" + fit.settings().response() + "\" is so large or so small that its "
            + "variances are no longer numbers that a table can hold: they are missing. Standard deviations and all "
            + "else hold; multiply the response by a constant to see the variances." : "";
    }
}
