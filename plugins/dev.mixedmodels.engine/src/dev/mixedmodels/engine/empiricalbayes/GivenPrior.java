package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Words;

/** What a given prior of counts must fulfil. */
final class GivenPrior {
    private GivenPrior() {
    }

    /** Whether a prior of the family has that variance, and is no point at an end of the range of theta. */
    static void requirePossible(final Family family, final double tau2, final double mean) {
        final double m = Double.isNaN(mean) ? 0.5 : mean;
        if (family == Family.BETA_BINOMIAL) {
            final double omega = tau2 / (m * (1 - m) - tau2);
            EmpiricalBayesSettings.require(omega >= 0 && omega < CountMaximum.LARGEST_OMEGA, "\"Given prior variance\" is "
                + Words.number(tau2) + " and must be below " + Words.number(m * (1 - m)) + ", "
                + (Double.isNaN(mean) ? "the largest variance that a probability can have."
                    : "the largest variance of a probability with the mean " + Words.number(m)
                        + ": m (1 - m), with m from \"Given prior mean\"."));
        } else if (family == Family.POISSON_GAMMA && !Double.isNaN(mean)) {
            EmpiricalBayesSettings.require(tau2 / m / m < CountMaximum.LARGEST_OMEGA,
                "\"Given prior variance\" is " + Words.number(tau2)
                + ", more than 10^12 times the square of \"Given prior mean\": such rates are as good as 0, all but "
                + "very few. Give a smaller variance.");
        }
    }
}
