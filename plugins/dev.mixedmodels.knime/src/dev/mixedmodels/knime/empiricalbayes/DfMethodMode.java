package dev.mixedmodels.knime.empiricalbayes;

import org.knime.node.parameters.widget.choices.Label;

/** Reference distribution of the mean's coefficients; names as in the engine. */
enum DfMethodMode {
    @Label(value = "Asymptotic", description = "The normal distribution.")
    ASYMPTOTIC,
    @Label(value = "Knapp-Hartung", description = """
        Student's t with k - p degrees of freedom and standard errors scaled by the residuals: better for few units. \
        Changes neither tau2 nor the shrinkage.""")
    KNAPP_HARTUNG
}
