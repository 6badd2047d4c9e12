package dev.mixedmodels.knime.longitudinal;

import dev.mixedmodels.knime.settings.DfTexts;
import org.knime.node.parameters.widget.choices.Label;

/** Degrees of freedom of fixed effects. */
enum DfMethodMode {
    @Label(value = DfTexts.SATTERTHWAITE, description = DfTexts.SATTERTHWAITE_TEXT)
    SATTERTHWAITE,
    @Label(value = DfTexts.KENWARD_ROGER, description = DfTexts.KENWARD_ROGER_TEXT)
    KENWARD_ROGER,
    @Label(value = DfTexts.KENWARD_ROGER_LINEAR, description = DfTexts.KENWARD_ROGER_LINEAR_TEXT)
    KENWARD_ROGER_LINEAR,
    @Label(value = DfTexts.CONTAINMENT, description = DfTexts.CONTAINMENT_TEXT)
    CONTAINMENT,
    @Label(value = DfTexts.RESIDUAL, description = DfTexts.RESIDUAL_TEXT)
    RESIDUAL,
    @Label(value = DfTexts.ASYMPTOTIC, description = DfTexts.ASYMPTOTIC_TEXT)
    ASYMPTOTIC
}
