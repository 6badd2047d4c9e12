package dev.mixedmodels.knime.node;

import java.util.Arrays;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.RequirePorts.PortsAdder;

import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;

/** The ports that the nodes have in common, with the descriptions of their columns. */
public final class Ports {
    private static final String MODEL_PORT = "Model";
    private static final String FIXED_EFFECTS = """
        One row per coefficient of the mean: estimate, standard error, denominator degrees of freedom, t, p-value \
        (two-sided), confidence bounds; beside them what ordinary least squares would say as if all rows were \
        independent (Naive Estimate, Naive Std. Error, Naive p-value), and the design effect, the squared ratio of the \
        two standard errors.""";
    private static final String COVARIANCE_PARAMETERS = """
        One row per variance, covariance, correlation or other covariance parameter: estimate, standard error (missing \
        on the boundary), confidence bounds, standard deviation, correlation, share of variance, and whether the \
        estimate lies on its boundary.""";
    private static final String BLUPS = """
        One row per level and random effect, the best linear unbiased predictions: the prediction with its standard \
        error (uncertainty of the fixed effects included), the conditional standard deviation (parameters taken as \
        known), prediction bounds (normal distribution), the level's own coefficient (fixed effect + BLUP) with its \
        standard error, rows of the level, and the reliability: 1 = as observed, 0 = pulled fully to the mean, as \
        where the variance of the effect is estimated as 0.""";
    private static final String UNOBSERVED_VISITS = """
        One row per subject and unobserved visit: the best linear unbiased prediction of the response from the \
        subject's observed visits, with its standard error (uncertainty of the fixed effects included), the \
        conditional standard deviation (parameters taken as known), prediction bounds (normal distribution), the \
        number of visits that were observed, and the reliability: the share of the visit's variance that these tell.""";
    private static final String MATRICES = """
        Matrices in long form, one row per entry, each with covariance and correlation. A Pivot node makes a square \
        table of one. They are\s""";
    private static final String GROUP_MATRICES = MATRICES + """
        D (effect of a group), V (responses of a group), Fixed effects (their estimates), Covariance parameters (their \
        estimates).""";
    private static final String COVARIANCE_MATRICES = MATRICES + """
        D (random effects), Sigma (residuals, where they have a structure), V (responses), Fixed effects (their \
        estimates), Covariance parameters (their estimates).""";
    private static final String MARGINAL_MATRICES = MATRICES + """
        V (responses of a subject), Fixed effects (their estimates), Covariance parameters (their estimates).""";
    private static final String MODEL_FIT = """
        One row per figure about the fit as a whole, by category: Model (formula, method, rows), Fit (likelihood, \
        information criteria, R2), Test (hypotheses), Diagnostic (convergence, singularity). Notes explain in words.""";
    private static final String FITTED_VALUES = """
        One row per input row, with its row id: what the fixed effects alone predict (marginal), what they predict \
        together with the random effects (conditional), and residuals. Append it to the input with a Column Appender \
        or Joiner node.""";
    private static final String MARGINAL_FITTED_VALUES = """
        One row per input row, with its row id: what the fixed effects predict (marginal), and residuals from it, raw, \
        in standard deviations, and freed of their correlation. Predictions together with random effects (conditional) \
        do not exist in this model and are missing. Append it to the input with a Column Appender or Joiner node.""";
    private static final String LEAST_SQUARES_MEANS = """
        Adjusted means of nominal fixed effects and all their pairwise differences, one row each: estimate, standard \
        error, degrees of freedom, t, p-value, confidence bounds, and for differences the p-value adjusted for their \
        number. Other nominal columns are weighted equally, numeric columns stand at their mean.""";

    private static final String SHRINKAGE = """
        One row per input row, with its row id: the unit's own estimate with its standard error, the mean of its \
        prior, the shrinkage (weight of the prior mean: 0 = as observed, 1 = pooled fully; missing with a \
        nonparametric prior), posterior mean, standard deviation and equal-tailed interval, expected rank (1 = \
        smallest) with its interval, the probability of exceeding the threshold, the confidence interval of its own \
        estimate (exact for counts) beside the posterior one, as a forest plot needs them, and the estimate of Robbins \
        or Tweedie where it is wanted, which assumes no prior.""";
    private static final String PRIOR_MEAN = """
        The coefficients of the prior mean: estimate, standard error, degrees of freedom, t, p-value, confidence \
        bounds; beside them (Naive ...) those of complete pooling, as if all units had the same true value given the \
        covariates. Counts have one coefficient, the mean rate or probability, without a test.""";
    private static final String PRIOR_PARAMETERS = """
        The parameters of the prior distribution: tau2 (its variance), for counts also overdispersion, shape and rate \
        or alpha and beta, for a nonparametric prior its support points with their probabilities; each with standard \
        error and bounds. Share of Variance is I2.""";
    private static final String EMPIRICAL_BAYES_MATRICES = """
        Matrices in long form, one row per entry: Posterior (of the units' true values, up to 200 units), Prior (of \
        the estimated parameters, as the first-order correction uses it), Fixed effects (of the coefficients' \
        estimates), Covariance parameters.""";
    private static final String EMPIRICAL_BAYES_FIT = """
        One row per figure about the fit as a whole, by category: Model, Fit (marginal likelihood, I2, H2, prediction \
        interval of a new unit), Test (Q, variance of the prior = 0, covariates), Diagnostic (convergence). Notes \
        explain in words.""";
    private static final String EMPIRICAL_BAYES_FITTED = """
        One row per input row, with its row id: prior mean (marginal), posterior mean (conditional), the unit's own \
        estimate minus the posterior mean, that over its standard error, and the estimate minus the prior mean over \
        its unconditional standard deviation, which shows units that do not fit the prior.""";

    private static final String INFLUENCE = """
        Empty unless the dialog asks for it. One row per figure and subject (group, unit of the outermost level): what \
        the estimates would be without it. Cook's Distance (shift of all coefficients together, squared, in their \
        covariance, over their number; always that of the model, where standard errors are robust too), MDFFITS (the \
        same in the covariance without the unit), Covariance Ratio (determinant of that covariance without the unit, \
        over that with it: above 1 the unit makes estimates more precise), Leverage (all units together have as much as there are coefficients), Change of each coefficient and \
        covariance parameter (without less with the unit), Standardized Change (over the standard error without it).""";
    private static final String MODEL = """
        The fitted model, without the data: what predictions, means and comparisons need. Mixed Model Predictor applies \
        it to other rows; a Model Writer node keeps it.""";
    private static final String MODEL_INPUT = """
        A model that one of the nodes has fitted, or a Model Reader node has read.""";

    private Ports() {
    }

    /**
     * @param tables the columns of the output tables
     * @param model what is known of the model
     * @return the specs of all outputs, the model last
     */
    public static PortObjectSpec[] specs(final DataTableSpec[] tables, final MixedModelPortObjectSpec model) {
        final PortObjectSpec[] specs = Arrays.copyOf(tables, tables.length + 1, PortObjectSpec[].class);
        specs[tables.length] = model;
        return specs;
    }

    /**
     * @param tables the output tables
     * @param model the model
     * @return the data of all outputs, the model last
     */
    public static PortObject[] outputs(final BufferedDataTable[] tables, final MixedModelPortObject model) {
        final PortObject[] outputs = Arrays.copyOf(tables, tables.length + 1, PortObject[].class);
        outputs[tables.length] = model;
        return outputs;
    }

    /**
     * Input 1 of a node that works from a model.
     *
     * @param ports takes the port
     * @return the same
     */
    public static PortsAdder modelInput(final PortsAdder ports) {
        return ports.addInputPort(MODEL_PORT, MODEL_INPUT, MixedModelPortObject.TYPE);
    }

    /**
     * Input 1 and all outputs of empirical Bayes.
     *
     * @param ports takes the ports
     * @param data description of the input table
     * @return the same
     */
    public static PortsAdder empiricalBayes(final PortsAdder ports, final String data) {
        return ports.addInputTable("Data", data)
            .addOutputTable(Layouts.FIXED_EFFECTS.name(), PRIOR_MEAN)
            .addOutputTable(Layouts.COVARIANCE_PARAMETERS.name(), PRIOR_PARAMETERS)
            .addOutputTable(Layouts.SHRINKAGE.name(), SHRINKAGE)
            .addOutputTable(Layouts.COVARIANCE_MATRICES.name(), EMPIRICAL_BAYES_MATRICES)
            .addOutputTable(Layouts.MODEL_FIT.name(), EMPIRICAL_BAYES_FIT)
            .addOutputTable(Layouts.FITTED_VALUES.name(), EMPIRICAL_BAYES_FITTED)
            .addOutputPort(MODEL_PORT, MODEL, MixedModelPortObject.TYPE);
    }

    private static PortsAdder addPorts(final PortsAdder ports, final String data, final String blups,
        final String matrices, final String fitted) {
        return ports.addInputTable("Data", data)
            .addOutputTable(Layouts.FIXED_EFFECTS.name(), FIXED_EFFECTS)
            .addOutputTable(Layouts.COVARIANCE_PARAMETERS.name(), COVARIANCE_PARAMETERS)
            .addOutputTable(Layouts.BLUPS.name(), blups)
            .addOutputTable(Layouts.COVARIANCE_MATRICES.name(), matrices)
            .addOutputTable(Layouts.MODEL_FIT.name(), MODEL_FIT)
            .addOutputTable(Layouts.FITTED_VALUES.name(), fitted);
    }

    /**
     * Input 1 and all outputs of a model of groups, which has no least-squares means.
     *
     * @param ports takes the ports
     * @param data description of the input table
     * @return the same
     */
    public static PortsAdder groupModel(final PortsAdder ports, final String data) {
        return addPorts(ports, data, BLUPS, GROUP_MATRICES, FITTED_VALUES)
            .addOutputTable(Layouts.INFLUENCE.name(), INFLUENCE)
            .addOutputPort(MODEL_PORT, MODEL, MixedModelPortObject.TYPE);
    }

    /**
     * Input 1 and all outputs.
     *
     * @param ports takes the ports
     * @param data description of the input table
     * @return the same
     */
    public static PortsAdder mixedModelWithMeans(final PortsAdder ports, final String data) {
        return addPorts(ports, data, BLUPS, COVARIANCE_MATRICES, FITTED_VALUES)
            .addOutputTable(Layouts.LEAST_SQUARES_MEANS.name(), LEAST_SQUARES_MEANS)
            .addOutputTable(Layouts.INFLUENCE.name(), INFLUENCE)
            .addOutputPort(MODEL_PORT, MODEL, MixedModelPortObject.TYPE);
    }

    /**
     * The same for a model without random effects, whose predictions are those of unobserved visits.
     *
     * @param ports takes the ports
     * @param data description of the input table
     * @return the same
     */
    public static PortsAdder marginalModel(final PortsAdder ports, final String data) {
        return addPorts(ports, data, UNOBSERVED_VISITS, MARGINAL_MATRICES, MARGINAL_FITTED_VALUES)
            .addOutputTable(Layouts.LEAST_SQUARES_MEANS.name(), LEAST_SQUARES_MEANS)
            .addOutputTable(Layouts.INFLUENCE.name(), INFLUENCE)
            .addOutputPort(MODEL_PORT, MODEL, MixedModelPortObject.TYPE);
    }
}
