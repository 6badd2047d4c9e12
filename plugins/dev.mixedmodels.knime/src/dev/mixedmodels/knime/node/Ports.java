package dev.mixedmodels.knime.node;

import org.knime.node.RequirePorts.PortsAdder;

/** The ports that the nodes have in common, with the descriptions of their columns. */
public final class Ports {
    private static final String FIXED_EFFECTS = "One row per coefficient of the mean: estimate, standard error, "
        + "denominator degrees of freedom, t, p-value (two-sided), confidence bounds; beside them what ordinary least "
        + "squares would say as if all rows were independent (Naive Estimate, Naive Std. Error, Naive p-value), and "
        + "the design effect, the squared ratio of the two standard errors.";
    private static final String COVARIANCE_PARAMETERS = "One row per variance, covariance, correlation or other "
        + "covariance parameter: estimate, standard error (missing on the boundary), confidence bounds, standard "
        + "deviation, correlation, share of variance, and whether the estimate lies on its boundary.";
    private static final String BLUPS = "One row per level and random effect, the best linear unbiased predictions: "
        + "the prediction with its standard error (uncertainty of the fixed effects included), the conditional "
        + "standard deviation (parameters taken as known), prediction bounds (normal distribution), the level's own "
        + "coefficient (fixed effect + BLUP) with its standard error, rows of the level, and the reliability: 1 = as "
        + "observed, 0 = pulled fully to the mean.";
    private static final String COVARIANCE_MATRICES = "Matrices in long form, one row per entry: D (random effects), V "
        + "(responses), Fixed effects (their estimates), Covariance parameters (their estimates); each with covariance "
        + "and correlation. A Pivot node makes a square table of one.";
    private static final String MODEL_FIT = "One row per figure about the fit as a whole, by category: Model (formula, "
        + "method, rows), Fit (likelihood, information criteria, R2), Test (hypotheses), Diagnostic (convergence, "
        + "singularity). Notes explain in words.";
    private static final String FITTED_VALUES = "One row per input row, with its row id: what the fixed effects alone "
        + "predict (marginal), what they predict together with the random effects (conditional), and residuals. Append "
        + "it to the input with a Column Appender or Joiner node.";

    private static final String LEAST_SQUARES_MEANS = "Adjusted means of nominal fixed effects and all their pairwise "
        + "differences, one row each: estimate, standard error, degrees of freedom, t, p-value, confidence bounds, and "
        + "for differences the p-value adjusted for their number. Other nominal columns are weighted equally, numeric "
        + "columns stand at their mean.";

    private Ports() {
    }

    /**
     * Input 1 and outputs 1 to 6.
     *
     * @param ports takes the ports
     * @param data description of the input table
     * @return the same
     */
    public static PortsAdder mixedModel(final PortsAdder ports, final String data) {
        return ports.addInputTable("Data", data)
            .addOutputTable("Fixed effects", FIXED_EFFECTS)
            .addOutputTable("Covariance parameters", COVARIANCE_PARAMETERS)
            .addOutputTable("BLUPs", BLUPS)
            .addOutputTable("Covariance matrices", COVARIANCE_MATRICES)
            .addOutputTable("Model fit", MODEL_FIT)
            .addOutputTable("Fitted values", FITTED_VALUES);
    }

    /**
     * Input 1 and outputs 1 to 7.
     *
     * @param ports takes the ports
     * @param data description of the input table
     * @return the same
     */
    public static PortsAdder mixedModelWithMeans(final PortsAdder ports, final String data) {
        return mixedModel(ports, data).addOutputTable("Least-squares means", LEAST_SQUARES_MEANS);
    }
}
