package dev.mixedmodels.engine.inference;

/** Confidence intervals for covariance parameters. */
public enum VarianceIntervals {
    /** Profile likelihood on the fitted criterion, where the parameter has a profile; else Wald. */
    PROFILE,
    /** From standard errors: on the log scale for variances, on Fisher's z scale for correlations. */
    WALD,
    /** None. */
    NONE
}
