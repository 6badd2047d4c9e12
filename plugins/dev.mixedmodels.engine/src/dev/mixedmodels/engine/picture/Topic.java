package dev.mixedmodels.engine.picture;

/** What a chart is about. */
public enum Topic {
    /** Groups, subjects or units one by one. */
    UNITS,
    /** The mean of the response. */
    MEANS,
    /** Variances, covariances and correlations. */
    VARIANCES,
    /** Whether the model fits. */
    ASSUMPTIONS
}
