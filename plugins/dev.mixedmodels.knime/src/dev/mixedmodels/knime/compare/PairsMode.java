package dev.mixedmodels.knime.compare;

import org.knime.node.parameters.widget.choices.Label;

/** Which pairs of models are tested. */
enum PairsMode {
    @Label(value = "Next smaller", description = """
        Each model against the one with the next smaller number of parameters, as anova() does in R.""")
    SUCCESSIVE,
    @Label(value = "All pairs", description = "Each model against each one with fewer parameters.")
    ALL
}
