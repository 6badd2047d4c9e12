package dev.mixedmodels.knime.predictor;

import org.knime.node.parameters.widget.choices.Label;

/** Which random effects a prediction takes as known. */
enum RandomEffectsMode {
    @Label(value = "All levels", description = """
        The predicted random effects of all units that the model knows are added. A unit that it does not know is \
        predicted as an average one, with the variance between units in the standard error.""")
    ALL,
    @Label(value = "Up to a level", description = """
        Those of one grouping column, and of the columns that it is nested in: schools are known, children are not.""")
    UP_TO,
    @Label(value = "None", description = """
        What the fixed effects predict: the mean of the population. Grouping columns are not needed.""")
    NONE
}
