package dev.mixedmodels.knime.longitudinal;

import dev.mixedmodels.engine.covariance.ResidualStructure;
import org.knime.node.parameters.widget.choices.Label;

/** Correlation structures of a subject's residuals. */
enum ResidualStructureMode {
    @Label(value = "Independent", description = """
        Given the random effects, rows of a subject have nothing more in common (no parameter beside the variance).""")
    INDEPENDENT,
    @Label(value = "AR(1)", description = """
        Correlation rho between successive rows of a subject, rho squared one further, whatever the time between (1 \
        more parameter). Equally spaced times.""")
    AR1,
    @Label(value = "AR(1) in continuous time", description = """
        Correlation rho to the power of the time between two rows (1 more parameter). Unequally spaced times.""")
    CONTINUOUS_AR1,
    @Label(value = "Compound symmetry", description = """
        The same correlation between any two rows of a subject, possibly negative (1 more parameter). Without a random \
        intercept, which says the same.""")
    COMPOUND_SYMMETRY,
    @Label(value = "ARMA(1,1)", description = """
        Correlation gamma1 between successive rows of a subject, which falls by the factor rho with each row more between, \
        whatever the time between (2 more parameters). Equally spaced times; AR(1) of which only a part dies out.""")
    ARMA11,
    @Label(value = "Exponential", description = """
        Correlation exp(-d/range) at the time d between two rows (1 more parameter): AR(1) in continuous time by its \
        range. With a nugget a part of the variance is not shared, however near the times (1 more).""")
    EXPONENTIAL;

    static final String TITLE = "Correlation of residuals";
    static final String DESCRIPTION = """
        What remains correlated within a subject when its own course is allowed for. Long series of a subject often \
        need one of the AR(1) structures.""";

    /** The engine's structure. */
    ResidualStructure structure(final boolean nugget) {
        return ResidualStructure.valueOf(this == EXPONENTIAL && nugget ? "EXPONENTIAL_NUGGET" : name());
    }
}
