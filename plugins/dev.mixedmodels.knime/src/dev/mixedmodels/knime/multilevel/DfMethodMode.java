package dev.mixedmodels.knime.multilevel;

import dev.mixedmodels.knime.settings.DfTexts;
import org.knime.node.parameters.widget.choices.Label;

/** Degrees of freedom of fixed effects. */
enum DfMethodMode {
    @Label(value = DfTexts.SATTERTHWAITE, description = DfTexts.SATTERTHWAITE_TEXT)
    SATTERTHWAITE,
    @Label(value = DfTexts.KENWARD_ROGER, description = DfTexts.KENWARD_ROGER_TEXT
        + " Refused where random effects are too many, with their number and the limit.")
    KENWARD_ROGER,
    @Label(value = DfTexts.KENWARD_ROGER_LINEAR, description = """
        The same here: the covariance matrix is linear in its parameters.""")
    KENWARD_ROGER_LINEAR,
    @Label(value = DfTexts.CONTAINMENT, description = DfTexts.CONTAINMENT_TEXT)
    CONTAINMENT,
    @Label(value = DfTexts.RESIDUAL, description = DfTexts.RESIDUAL_TEXT)
    RESIDUAL,
    @Label(value = DfTexts.ASYMPTOTIC, description = DfTexts.ASYMPTOTIC_TEXT)
    ASYMPTOTIC
}
