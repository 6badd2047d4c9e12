package dev.mixedmodels.knime.marginal;

import org.knime.node.parameters.widget.choices.Label;

/** Where the standard errors of fixed effects come from. */
enum FixedCovarianceMode {
    @Label(value = "Model", description = "From the fitted covariance structure; right if the structure is.")
    MODEL,
    @Label(value = "Sandwich CR0", description = """
        From the subjects' residuals: right for many subjects even if the structure is wrong, too small for few.""")
    CR0,
    @Label(value = "Sandwich CR2", description = """
        The sandwich, corrected for bias (Bell and McCaffrey). The better choice with few subjects.""")
    CR2,
    @Label(value = "Sandwich CR3", description = "The sandwich as by leaving out one subject at a time; conservative.")
    CR3;

    static final String TITLE = "Standard errors from";
    static final String DESCRIPTION = """
        Whether standard errors trust the covariance structure or only that subjects are independent. Sandwich \
        standard errors cannot be combined with Kenward-Roger.""";
}
