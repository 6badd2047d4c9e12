package dev.mixedmodels.knime.empiricalbayes;

import org.knime.node.parameters.widget.choices.Label;

/** Reference distribution of the mean's coefficients; names as in the engine. */
enum DfMethodMode {
    @Label(value = "Asymptotic", description = "The normal distribution.")
    ASYMPTOTIC,
    @Label(value = "Knapp-Hartung", description = """
        Student's t with k - p degrees of freedom and standard errors scaled by the residuals: better for few units. \
        Changes neither tau2 nor the shrinkage.""")
    KNAPP_HARTUNG,
    @Label(value = "Knapp-Hartung, ad hoc", description = """
        The same, but standard errors are only ever enlarged: where the residuals happen to be small, Knapp-Hartung's \
        come out below those of the normal distribution. Conservative.""")
    KNAPP_HARTUNG_AD_HOC
}
