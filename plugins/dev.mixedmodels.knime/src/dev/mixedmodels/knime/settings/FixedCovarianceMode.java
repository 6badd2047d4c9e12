package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.widget.choices.Label;

/** Where the standard errors of fixed effects come from. */
public enum FixedCovarianceMode {
    /** From the model. */
    @Label(value = "Model", description = "From the fitted covariances; right if the model is.")
    MODEL,
    /** The plain sandwich. */
    @Label(value = "Sandwich CR0", description = """
        From the residuals of subjects, groups or units of the outermost level: right for many of them even if the \
        model's covariances are wrong, too small for few.""")
    CR0,
    /** The sandwich with a factor. */
    @Label(value = "Sandwich CR1", description = """
        The sandwich times m / (m - 1), m the number of subjects, groups or units.""")
    CR1,
    /** The bias-reduced sandwich. */
    @Label(value = "Sandwich CR2", description = """
        The sandwich, corrected for bias (Bell and McCaffrey). The better choice with few of them.""")
    CR2,
    /** The jackknife sandwich. */
    @Label(value = "Sandwich CR3", description = "The sandwich as by leaving out one of them at a time; conservative.")
    CR3;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Standard errors from";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = """
        Whether standard errors trust the model's covariances or only that subjects (the units of the outermost level) \
        are independent. Sandwich standard errors cannot be combined with Kenward-Roger.""";
}
