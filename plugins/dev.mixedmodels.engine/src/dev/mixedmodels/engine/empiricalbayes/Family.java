package dev.mixedmodels.engine.empiricalbayes;

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
}
