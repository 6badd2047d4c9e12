package dev.mixedmodels.knime.settings;

import org.knime.node.parameters.widget.choices.Label;

/** What the F tests of the terms of the mean ask. */
public enum TestTypeMode {
    /** Sequential. */
    @Label(value = "Type I (sequential)", description = """
        What a term adds to those before it in the formula: the order of the fixed effects matters.""")
    I,
    /** Beside the terms that do not contain it. */
    @Label(value = "Type II", description = """
        What a term adds to all that do not contain it: a main effect as if there were none of its interactions.""")
    II,
    /** Marginal. */
    @Label(value = "Type III (marginal)", description = """
        Whether the effect is 0 on average over the levels of the columns that it interacts with, all of equal weight. As \
        in SAS and lmerTest.""")
    III;

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Tests of fixed effects";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = """
        What the F test of a fixed effect asks. Without interactions types II and III are the same; with groups of equal \
        size and no covariates, all are.""";
}
