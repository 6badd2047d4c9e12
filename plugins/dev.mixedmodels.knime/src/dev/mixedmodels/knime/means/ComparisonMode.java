package dev.mixedmodels.knime.means;

import org.knime.node.parameters.widget.choices.Label;

/** What is compared. */
enum ComparisonMode {
    @Label(value = "All pairs", description = "Each mean with each other one at the same place.")
    PAIRS,
    @Label(value = "Against one level", description = "Each mean with that of one level, such as the placebo.")
    REFERENCE,
    @Label(value = "None", description = "Means only.")
    NONE
}
