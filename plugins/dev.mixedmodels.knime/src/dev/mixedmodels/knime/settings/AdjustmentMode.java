package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.widget.choices.Label;

/** How p-values of differences allow for the number of differences. */
public enum AdjustmentMode {
    /** Not at all. */
    @Label(value = "None", description = """
        Each difference is tested by itself. With many of them some will be significant by chance.""")
    NONE,
    /** Bonferroni. */
    @Label(value = "Bonferroni", description = "p-values times the number of differences. Simple and conservative.")
    BONFERRONI,
    /** Holm. */
    @Label(value = "Holm", description = "Stepwise Bonferroni: never less powerful, and as general.")
    HOLM,
    /** Tukey. */
    @Label(value = "Tukey", description = "By the studentised range: made for all pairwise differences.")
    TUKEY;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Adjustment for many differences";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = """
        How the adjusted p-value of a difference between least-squares means allows for the number of differences of \
        the same term at the same place.""";
}
