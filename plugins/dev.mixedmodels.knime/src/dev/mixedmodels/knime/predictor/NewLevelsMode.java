package dev.mixedmodels.knime.predictor;

import org.knime.node.parameters.widget.choices.Label;

/** What to do with rows that have a level of a nominal fixed effect that did not occur in the fit. */
enum NewLevelsMode {
    @Label(value = "Leave without prediction", description = """
        Such rows have missing cells in the new columns; a warning counts them and names the levels.""")
    MISSING,
    @Label(value = "Fail", description = "The node stops and names the column and the level.")
    FAIL
}
