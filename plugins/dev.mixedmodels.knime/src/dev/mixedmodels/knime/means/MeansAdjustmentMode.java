package dev.mixedmodels.knime.means;

import org.knime.node.parameters.widget.choices.Label;

/** How p-values allow for the number of comparisons. */
enum MeansAdjustmentMode {
    @Label(value = "None", description = """
        Each comparison is tested by itself. With many of them some will be significant by chance.""")
    NONE,
    @Label(value = "Bonferroni", description = "p-values times the number of comparisons. Simple and conservative.")
    BONFERRONI,
    @Label(value = "Holm", description = "Stepwise Bonferroni: never less powerful, and as general.")
    HOLM,
    @Label(value = "Sidak", description = "As if the comparisons were independent; slightly less conservative than Bonferroni.")
    SIDAK,
    @Label(value = "Tukey", description = "By the studentised range: made for the differences of all pairs, two-sided.")
    TUKEY,
    @Label(value = "Dunnett", description = """
        By the multivariate t distribution with the correlations of the comparisons: made for differences from one level, \
        and right for any others; one-sided too.""")
    DUNNETT,
    @Label(value = "Scheffe", description = "For all contrasts that could be thought of; very conservative, two-sided.")
    SCHEFFE,
    @Label(value = "False discovery rate", description = """
        Benjamini and Hochberg: bounds the expected share of false ones among the significant comparisons, not the chance \
        of any.""")
    FDR
}
