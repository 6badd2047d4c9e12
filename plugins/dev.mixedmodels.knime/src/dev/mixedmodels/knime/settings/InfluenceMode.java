package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.widget.choices.Label;

/** How the influence of units is found. */
public enum InfluenceMode {
    /** Not at all. */
    @Label(value = "None", description = "The table Influence is empty.")
    NONE,
    /** One Newton step. */
    @Label(value = "One step", description = """
        Variances by one Newton step from the fit to all rows, coefficients exactly for the variances of the fit and \
        then to first order: takes about as long as the fit, however many units there are.""")
    ONE_STEP,
    /** Fits without the unit. */
    @Label(value = "Refit", description = """
        The model is fitted again without each unit, from the estimates of all rows: exact, for up to some thousand \
        units.""")
    REFIT;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Influence of subjects or outermost units";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = """
        Whether to leave out one subject (one unit of the outermost level) at a time, to see how the estimates depend on \
        it: the table Influence.""";
}
