package dev.mixedmodels.engine.inference;

/**
 * Estimates without a unit, in the coordinates in which a model is computed.
 *
 * @param beta coefficients of the mean, length p; null where they are not determined without the unit
 * @param phi their model-based covariance, p x p row-major
 * @param parameters covariance parameters as they are reported; NaN where they do not exist
 * @param leverage of the unit among all rows
 */
public record Deletion(double[] beta, double[] phi, double[] parameters, double leverage) {
    /**
     * @param leverage of the unit
     * @return of a unit without which the model is not determined
     */
    public static Deletion impossible(final double leverage) {
        return new Deletion(null, null, null, leverage);
    }
}
