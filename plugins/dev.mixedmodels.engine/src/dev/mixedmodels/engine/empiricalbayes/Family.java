package dev.mixedmodels.engine.empiricalbayes;

import static dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.require;

import dev.mixedmodels.engine.common.Words;

/** What is observed of each unit, with the prior that is conjugate to it. */
public enum Family {
    /** An estimate with a known standard error; normal prior. */
    GAUSSIAN("Estimates with standard errors"),
    /** A count of events with its exposure; gamma prior of the rate. */
    POISSON_GAMMA("Counts with exposures"),
    /** A number of successes among trials; beta prior of the probability. */
    BETA_BINOMIAL("Successes among trials");

    private final String label;

    Family(final String label) {
        this.label = label;
    }

    /**
     * @return the name in words, as dialogs show it
     */
    @Override
    public String toString() {
        return label;
    }

    /** Refuses a given mean or variance that no prior has, and a prior of counts with all its mass at an end. */
    void requirePossible(final double tau2, final double mean) {
        require(Double.isNaN(mean) || this == GAUSSIAN || mean > 0 && (this == POISSON_GAMMA || mean < 1),
            "\"Given prior mean\" must be a possible value of the mean: positive for rates, between 0 and 1 for "
                + "probabilities.");
        require(!Double.isInfinite(mean), "\"Given prior mean\" must be a finite number.");
        final double m = Double.isNaN(mean) ? 0.5 : mean;
        if (this == BETA_BINOMIAL) {
            final double omega = tau2 / (m * (1 - m) - tau2);
            require(omega >= 0 && omega < CountMaximum.LARGEST_OMEGA, "\"Given prior variance\" is "
                + Words.number(tau2) + " and must be below " + Words.number(m * (1 - m)) + ", "
                + (Double.isNaN(mean) ? "the largest variance that a probability can have."
                    : "the largest variance of a probability with the mean " + Words.number(m)
                        + ": m (1 - m), with m from \"Given prior mean\"."));
        } else if (this == POISSON_GAMMA && !Double.isNaN(mean)) {
            require(tau2 / m / m < CountMaximum.LARGEST_OMEGA, "\"Given prior variance\" is " + Words.number(tau2)
                + ", more than 10^12 times the square of \"Given prior mean\": such rates are as good as 0, all but "
                + "very few. Give a smaller variance.");
        }
    }
}
