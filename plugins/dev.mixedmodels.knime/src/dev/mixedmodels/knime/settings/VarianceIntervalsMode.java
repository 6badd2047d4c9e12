package dev.mixedmodels.knime.settings;

import dev.mixedmodels.engine.inference.VarianceIntervals;
import org.knime.node.parameters.widget.choices.Label;

/** How confidence intervals for covariance parameters are made. */
public enum VarianceIntervalsMode {
    /** Likelihood ratio. */
    @Label(value = VarianceIntervalsMode.PROFILE_LABEL, description = VarianceIntervalsMode.PROFILE_DESCRIPTION)
    PROFILE,
    /** Normal approximation. */
    @Label(value = VarianceIntervalsMode.WALD_LABEL, description = VarianceIntervalsMode.WALD_DESCRIPTION)
    WALD,
    /** None. */
    @Label(value = VarianceIntervalsMode.NONE_LABEL, description = VarianceIntervalsMode.NONE_DESCRIPTION)
    NONE;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Intervals for variances";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = "How the bounds in the table of covariance parameters are made.";

    static final String PROFILE_LABEL = "Profile likelihood";
    static final String PROFILE_DESCRIPTION = """
        The values that a likelihood ratio test would not reject. Right also for small numbers of groups and near \
        zero; takes further fits.""";
    static final String WALD_LABEL = "Wald";
    static final String WALD_DESCRIPTION = """
        From the standard error: on the log scale for variances, on Fisher's z scale for correlations. Quick, and poor \
        for few groups.""";
    static final String NONE_LABEL = "None";
    static final String NONE_DESCRIPTION = "No intervals for covariance parameters.";

    /**
     * @return the same for the engine
     */
    public VarianceIntervals intervals() {
        return switch (this) {
            case PROFILE -> VarianceIntervals.PROFILE;
            case WALD -> VarianceIntervals.WALD;
            case NONE -> VarianceIntervals.NONE;
        };
    }
}
