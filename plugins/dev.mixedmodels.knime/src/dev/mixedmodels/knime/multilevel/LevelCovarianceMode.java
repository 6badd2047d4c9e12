package dev.mixedmodels.knime.multilevel;

import org.knime.node.parameters.widget.choices.Label;

/** Structures of the covariance matrix of the random effects of a unit. */
enum LevelCovarianceMode {
    @Label(value = "Unstructured", description = """
        Intercept and slopes of a unit are correlated: schools with a high mean may have steeper or flatter slopes. \
        The usual choice.""")
    UNSTRUCTURED,
    @Label(value = "Diagonal", description = """
        Intercept and slopes are not correlated. When the data do not bear correlations; it then depends on where the \
        columns are 0.""")
    DIAGONAL
}
