package dev.mixedmodels.engine.design;

/**
 * The weights of the levels of factors over which a mean is taken. The names in parentheses are those of R's emmeans.
 */
public enum MeansWeights {
    /** The same for all levels ("equal"): a balanced population. */
    EQUAL,
    /** As often as each combination of the other factors occurs among all rows ("proportional"). */
    PROPORTIONAL,
    /** As often as each level occurs among all rows, factor by factor ("outer"). */
    MARGINS,
    /**
     * As often as each combination of the other factors occurs beside the level itself ("cells"): raw means, almost.
     */
    CELLS
}
