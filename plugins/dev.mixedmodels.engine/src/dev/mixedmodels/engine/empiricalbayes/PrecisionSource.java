package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.SettingValues;

/** Where the standard errors of estimates come from. */
public enum PrecisionSource {
    /** The first of the others that is set: a number for all, a pooled variance, standard errors, variances. */
    AUTOMATIC,
    /** A column of standard errors. */
    COLUMN,
    /** A column of their squares. */
    VARIANCE,
    /** One number for all. */
    COMMON,
    /** The variance of a single observation, and a column that counts these. */
    POOLED;

    /**
     * @param common standard error of all; not set where it is 0 or less
     * @param pooled variance of a single observation; not set where it is 0 or less
     * @param standardError column of standard errors; null or empty if there is none
     * @param samplingVariance column of their squares; null or empty if there is none
     * @return what holds for these settings, never {@link #AUTOMATIC}
     */
    public PrecisionSource decide(final double common, final double pooled, final String standardError,
        final String samplingVariance) {
        if (this != AUTOMATIC) {
            return this;
        }
        final boolean variances = isNone(standardError) && !isNone(samplingVariance);
        return common > 0 ? COMMON : pooled > 0 ? POOLED : variances ? VARIANCE : COLUMN;
    }

    private static boolean isNone(final String column) {
        return column == null || column.isEmpty();
    }

    static PrecisionSource of(final SettingValues values) {
        return values.choice("precision", PrecisionSource.class).decide(values.number("commonStandardError"),
            values.number("pooledVariance"), values.text("standardError"), values.text("samplingVariance"));
    }
}
