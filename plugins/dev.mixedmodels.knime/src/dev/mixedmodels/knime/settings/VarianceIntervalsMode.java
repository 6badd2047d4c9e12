package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.widget.choices.Label;

/** How confidence intervals for covariance parameters are made. */
public enum VarianceIntervalsMode {
    /** Likelihood ratio. */
    @Label(value = "Profile likelihood", description = """
        The values that a likelihood ratio test would not reject. Right also for small numbers of groups and near \
        zero; takes further fits.""")
    PROFILE,
    /** Normal approximation. */
    @Label(value = "Wald", description = """
        From the standard error: on the log scale for variances, on Fisher's z scale for correlations. Quick, and poor \
        for few groups.""")
    WALD,
    /** None. */
    @Label(value = "None", description = "No intervals for covariance parameters.")
    NONE;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Intervals for variances";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = "How the bounds in the table of covariance parameters are made.";
}
