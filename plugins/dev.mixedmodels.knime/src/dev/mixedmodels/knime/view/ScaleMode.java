package dev.mixedmodels.knime.view;

import org.knime.node.parameters.widget.choices.Label;

/** What the response is shown in. */
enum ScaleMode {
    @Label(value = "Response", description = "In the units of the response column.")
    RESPONSE,

    @Label(value = "Standard deviations", description = """
        Deviations from the mean in residual standard deviations, where the model has such.""")
    STANDARD_DEVIATIONS
}
