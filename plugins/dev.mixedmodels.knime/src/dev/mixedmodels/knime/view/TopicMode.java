package dev.mixedmodels.knime.view;

import org.knime.node.parameters.widget.choices.Label;

/** Which charts the view opens with. */
enum TopicMode {
    @Label(value = "First", description = "The charts that stand first for this node.")
    FIRST,

    @Label(value = "Units", description = "Groups, subjects or units one by one: their predictions and observations.")
    UNITS,

    @Label(value = "Means", description = "The mean of the response and what the standard errors depend on.")
    MEANS,

    @Label(value = "Variances", description = "What the variance consists of, covariances and correlations.")
    VARIANCES,

    @Label(value = "Assumptions", description = "Residuals and normal quantiles, to judge whether the model fits.")
    ASSUMPTIONS
}
