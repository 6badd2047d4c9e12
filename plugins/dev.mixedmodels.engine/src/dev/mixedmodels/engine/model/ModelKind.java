package dev.mixedmodels.engine.model;

/** Which node fitted a model. The constants' names are part of the file format. */
public enum ModelKind {
    /** Random Intercept ANOVA. */
    RANDOM_INTERCEPT("Random Intercept ANOVA"),
    /** Longitudinal Mixed Model. */
    LONGITUDINAL("Longitudinal Mixed Model"),
    /** Marginal Repeated Measures. */
    MARGINAL("Marginal Repeated Measures"),
    /** Multilevel Model. */
    MULTILEVEL("Multilevel Model"),
    /** Empirical Bayes Shrinkage. */
    EMPIRICAL_BAYES("Empirical Bayes Shrinkage");

    private final String node;

    ModelKind(final String node) {
        this.node = node;
    }

    /**
     * @return the name of the node
     */
    public String node() {
        return node;
    }
}
