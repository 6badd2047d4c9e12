package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.ModelException;

/** What the settings of every model must fulfil. */
public final class SettingChecks {
    private SettingChecks() {
    }

    /**
     * @param percent the confidence level
     * @throws ModelException if it is not between 0 and 100
     */
    public static void confidenceLevel(final double percent) {
        if (!(percent > 0 && percent < 100)) {
            throw new ModelException("The confidence level is " + percent
                + " percent; it must lie between 0 and 100, both excluded. 95 is usual.");
        }
    }

    /**
     * @param kenwardRoger whether Kenward-Roger inference is asked for
     * @param method name of the estimation method
     * @throws ModelException if it is asked for without restricted maximum likelihood
     */
    public static void kenwardRoger(final boolean kenwardRoger, final String method) {
        if (kenwardRoger && !method.equals(EstimationMethod.REML.name())) {
            throw new ModelException("Kenward-Roger degrees of freedom exist for REML only, since they correct the "
                + "REML estimates' covariance matrix; the method is " + method
                + ". Choose REML, or Satterthwaite degrees of freedom.");
        }
    }
}
