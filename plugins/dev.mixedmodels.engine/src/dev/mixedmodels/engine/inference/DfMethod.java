package dev.mixedmodels.engine.inference;

/**
 * How the denominator degrees of freedom of the mean are found. The settings of each model say which of them it has.
 */
public enum DfMethod {
    /** Satterthwaite, observed information; with a sandwich covariance that of this covariance. */
    SATTERTHWAITE,
    /**
     * Kenward and Roger (1997) with their second-derivative term by the natural parameters, which vanishes where V is
     * linear in them; REML only.
     */
    KENWARD_ROGER,
    /** The same without that term; REML only. */
    KENWARD_ROGER_LINEAR,
    /** Schluchter and Elashoff's division of N into between and within subjects. */
    BETWEEN_WITHIN,
    /** Ranks that random effects which contain a term add to [X Z]; {@link ContainmentDf}. */
    CONTAINMENT,
    /**
     * Knapp and Hartung (2003): Student's t with k - p degrees of freedom and a scale from the residuals of k units.
     */
    KNAPP_HARTUNG,
    /** The same with a scale of at least 1, so that standard errors never fall below those of ASYMPTOTIC. */
    KNAPP_HARTUNG_AD_HOC,
    /** N - p. */
    RESIDUAL,
    /** Infinite: the normal distribution. */
    ASYMPTOTIC;

    /**
     * @return whether it adjusts the covariance of REML estimates
     */
    public boolean kenwardRoger() {
        return this == KENWARD_ROGER || this == KENWARD_ROGER_LINEAR;
    }

    /**
     * @return whether the scale of standard errors comes from the residuals of units
     */
    public boolean knappHartung() {
        return this == KNAPP_HARTUNG || this == KNAPP_HARTUNG_AD_HOC;
    }

    /**
     * @return what to throw where a model is asked for a method that is not among its own
     */
    public IllegalArgumentException unknown() {
        return new IllegalArgumentException("This model has no degrees of freedom " + this + ".");
    }
}
