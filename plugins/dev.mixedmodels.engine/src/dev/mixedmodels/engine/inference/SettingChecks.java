package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import java.util.Set;

/** What the settings of every model must fulfil. */
public final class SettingChecks {
    /** Smallest confidence level in percent; below stand mostly probabilities, 0.95 for 95. */
    public static final double LEAST_CONFIDENCE = 50;

    private SettingChecks() {
    }

    /**
     * @param percent the confidence level
     * @throws ModelException if it is not at least 50 and below 100
     */
    public static void confidenceLevel(final double percent) {
        if (percent >= LEAST_CONFIDENCE && percent < 100) {
            return;
        }
        throw new ModelException("The confidence level is " + Words.number(percent) + " percent, and must be at least "
            + "50 and below 100. " + (percent > 0.5 && percent < 1 ? "Write "
            + Words.number(Math.rint(1e6 * percent) / 1e4)
                + " instead of " + Words.number(percent) : "Write a number such as 95")
            + " under \"Confidence level (%)\".");
    }

    /**
     * @param df method of degrees of freedom that is asked for
     * @param offered those that the model has
     * @param method name of the estimation method
     * @throws ModelException if Kenward-Roger is asked for without restricted maximum likelihood
     * @throws IllegalArgumentException if the model does not have the method
     */
    public static void degreesOfFreedom(final DfMethod df, final Set<DfMethod> offered, final String method) {
        if (!offered.contains(df)) {
            throw df.unknown();
        }
        if (df.kenwardRoger() && !method.equals("REML")) {
            throw new ModelException("Kenward-Roger degrees of freedom exist for REML only, since they correct the "
                + "REML estimates' covariance matrix; the method is " + method
                + ". Choose REML, or Satterthwaite degrees of freedom.");
        }
    }
}
