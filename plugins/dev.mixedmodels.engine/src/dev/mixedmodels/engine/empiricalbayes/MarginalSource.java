package dev.mixedmodels.engine.empiricalbayes;

/** Where the marginal distribution of the data comes from, by which there are posterior means without any prior. */
public enum MarginalSource {
    /** There are none. */
    NONE,
    /** Counts: their relative frequencies (Robbins). */
    OBSERVED,
    /** A polynomial log density (Robbins smoothed, Tweedie). */
    SMOOTHED
}
