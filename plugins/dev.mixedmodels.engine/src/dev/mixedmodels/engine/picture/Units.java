package dev.mixedmodels.engine.picture;

/** How numbers change when the response is shown in another unit. */
public enum Units {
    /** They do not. */
    PLAIN,
    /** A value of the response: shifted and scaled. */
    RESPONSE,
    /** A difference of responses, or a standard deviation: scaled. */
    DIFFERENCE,
    /** A variance of the response: scaled by the square. */
    VARIANCE
}
