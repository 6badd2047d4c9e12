package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.widget.choices.Label;

/** How nominal columns become columns of numbers. */
public enum CodingMode {
    /** Each level against the first one. */
    @Label(value = "Treatment", description = """
        Each level against the reference level; the intercept is the reference. Coefficients are named by column and \
        level: SexFemale.""")
    TREATMENT,
    /** Deviations from the mean. */
    @Label(value = "Sum", description = """
        Each level but the last against the unweighted mean of all levels; the intercept is that mean. Coefficients \
        are numbered.""")
    SUM,
    /** Against the mean of the levels before. */
    @Label(value = "Helmert", description = """
        Each level after the first against the mean of the levels before it. Coefficients are numbered.""")
    HELMERT;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Coding of nominal columns";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = """
        What the coefficients of a nominal column mean. Fitted values, F tests and least-squares means are the same \
        whatever the coding.""";
}
