package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.widget.choices.Label;

/** Which likelihood is maximised. */
public enum MethodMode {
    /** Restricted maximum likelihood. */
    @Label(value = "REML", description = """
        Restricted maximum likelihood: variances that allow for the estimated mean. The usual choice; likelihoods of \
        models with different fixed effects cannot be compared.""")
    REML,
    /** Maximum likelihood. */
    @Label(value = "ML", description = """
        Maximum likelihood: variances come out somewhat too small in small samples. For comparing models with \
        different fixed effects by AIC, BIC or a likelihood ratio.""")
    ML;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Method";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = "How variances and covariances are estimated.";
}
