package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.SettingValues;

/**
 * How the likelihood is maximised.
 *
 * @param reml restricted maximum likelihood, else maximum likelihood
 * @param maxIterations of the optimiser
 * @param tolerance of the optimiser: predicted further decrease of -2 log likelihood, relative
 */
public record EstimationSettings(boolean reml, int maxIterations, double tolerance) {
    private enum Method {
        REML, ML
    }

    /**
     * @throws ModelException if the optimiser cannot work with the limits
     */
    public EstimationSettings {
        if (maxIterations < 1 || !(tolerance > 0 && tolerance < 1)) {
            throw new ModelException("The optimiser needs at least 1 iteration and a tolerance between 0 and 1; 200 "
                + "and 1e-9 are usual.");
        }
    }

    /**
     * @param values settings by the keys of a node
     * @return the same
     * @throws ModelException if a value is impossible
     */
    public static EstimationSettings of(final SettingValues values) {
        return new EstimationSettings(values.choice("method", Method.class) == Method.REML,
            (int) values.whole("maxIterations"), values.number("tolerance"));
    }

    /**
     * @param other whether restricted
     * @return these settings with it
     */
    public EstimationSettings withReml(final boolean other) {
        return new EstimationSettings(other, maxIterations, tolerance);
    }
}
