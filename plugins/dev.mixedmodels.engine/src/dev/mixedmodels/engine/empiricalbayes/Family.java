package dev.mixedmodels.engine.empiricalbayes;

/** What is observed of each unit, with the prior that is conjugate to it. */
public enum Family {
    /** An estimate with a known standard error; normal prior. */
    GAUSSIAN,
    /** A count of events with its exposure; gamma prior of the rate. */
    POISSON_GAMMA,
    /** A number of successes among trials; beta prior of the probability. */
    BETA_BINOMIAL
}
