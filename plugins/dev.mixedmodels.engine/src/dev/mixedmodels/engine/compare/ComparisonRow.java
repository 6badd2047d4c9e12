package dev.mixedmodels.engine.compare;

/**
 * A model among those that are compared.
 *
 * @param model its name, such as {@code Model 1}
 * @param node which node fitted it
 * @param formula R's notation
 * @param method how it was fitted
 * @param rows number of rows
 * @param coefficients number of coefficients of the mean; NaN if the node has none
 * @param parameters number of all parameters
 * @param deviance -2 log (restricted) likelihood
 * @param aic Akaike's criterion
 * @param aicc Hurvich and Tsai's
 * @param bic Schwarz's
 * @param aicDifference from the least one; NaN where the likelihoods cannot be compared
 * @param aiccDifference likewise
 * @param bicDifference likewise
 * @param aicWeight Akaike weight by AIC
 * @param aiccWeight by AICc
 * @param note what should be known
 */
public record ComparisonRow(String model, String node, String formula, String method, long rows, double coefficients,
    double parameters, double deviance, double aic, double aicc, double bic, double aicDifference,
    double aiccDifference, double bicDifference, double aicWeight, double aiccWeight, String note) {
}
