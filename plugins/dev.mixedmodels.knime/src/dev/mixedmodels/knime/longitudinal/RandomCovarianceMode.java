package dev.mixedmodels.knime.longitudinal;

import org.knime.node.parameters.widget.choices.Label;

/** Structures of the covariance matrix D of a subject's q random effects. */
enum RandomCovarianceMode {
    @Label(value = "Unstructured", description = """
        Each effect has its variance, each pair its covariance (q(q + 1)/2 parameters). The usual choice: subjects who \
        start high may also rise faster or slower.""")
    UNSTRUCTURED,
    @Label(value = "Diagonal", description = """
        Each effect has its variance, and no two are correlated (q parameters). When the data do not bear \
        correlations; it then depends on where time is 0.""")
    DIAGONAL,
    @Label(value = "Compound symmetry", description = """
        One variance for all effects and one covariance for all pairs (2 parameters). For effects of the same kind and \
        unit.""")
    COMPOUND_SYMMETRY,
    @Label(value = "Identity", description = "One variance for all effects, no correlation (1 parameter).")
    IDENTITY;

    static final String TITLE = "Covariance of random effects";
    static final String DESCRIPTION = """
        What is assumed about how the random effects of a subject vary and go together, the matrix D.""";
}
