package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.SettingValues;
import java.io.Serializable;
import java.util.Set;
import java.util.function.Function;

/**
 * Standard errors, intervals and tests.
 *
 * @param dfMethod degrees of freedom
 * @param fixedCovariance covariance of the fixed effects
 * @param influence how the influence of independent units is found
 * @param confidenceLevel percent
 * @param varianceIntervals intervals of covariance parameters
 * @param varianceTests whether to test random terms or the structure of residuals, which takes further fits
 */
public record InferenceSettings(DfMethod dfMethod, FixedCovariance fixedCovariance, InfluenceMethod influence,
    double confidenceLevel, VarianceIntervals varianceIntervals, boolean varianceTests) implements Serializable {
    /** Satterthwaite, 95 percent, profile intervals, tests. */
    public static final InferenceSettings DEFAULT = new InferenceSettings(DfMethod.SATTERTHWAITE, FixedCovariance.MODEL,
        InfluenceMethod.NONE, 95, VarianceIntervals.PROFILE, true);

    /**
     * @throws ModelException if the confidence level is not at least 50 and below 100, or if Kenward-Roger is asked for
     *             with a sandwich
     */
    public InferenceSettings {
        SettingChecks.confidenceLevel(confidenceLevel);
        fixedCovariance.check(dfMethod);
    }

    /**
     * @param offered the methods of degrees of freedom that the model has
     * @param reml whether the method is restricted maximum likelihood
     * @throws ModelException if Kenward-Roger is asked for without it
     * @throws IllegalArgumentException if the model does not have the method
     */
    public void check(final Set<DfMethod> offered, final boolean reml) {
        SettingChecks.degreesOfFreedom(dfMethod, offered, reml ? "REML" : "ML");
    }

    /**
     * @param values settings by the keys of a node
     * @param tests the key of whether random terms or the structure of residuals are tested
     * @return the same
     * @throws ModelException if a value is impossible
     */
    public static InferenceSettings of(final SettingValues values, final String tests) {
        return new InferenceSettings(values.choice("dfMethod", DfMethod.class),
            values.choice("fixedCovariance", FixedCovariance.class), values.choice("influence", InfluenceMethod.class),
            values.number("confidenceLevel"), VarianceIntervals.of(values), values.flag(tests));
    }

    /**
     * @param own the words of a model for a method that it has of its own
     * @param units over which sandwich and influence go
     * @return sentences for Model fit: degrees of freedom, standard errors, influence
     */
    public String words(final Function<DfMethod, String> own, final String units) {
        final String df = switch (dfMethod) {
            case CONTAINMENT ->
                "containment (SAS): the smallest rank that a random effect which contains the term adds to [X Z]";
            case BETWEEN_WITHIN -> "between and within subjects";
            case ASYMPTOTIC -> "infinite (normal distribution)";
            default -> dfMethod == DfMethod.SATTERTHWAITE && fixedCovariance.sandwich() ? FixedCovariance.SATTERTHWAITE
                : own.apply(dfMethod);
        };
        return "Degrees of freedom: " + df + "." + fixedCovariance.sentence(units) + influence.sentence(units);
    }

    /**
     * @return whether standard errors or influence go by units, so that what each of them has is needed
     */
    public boolean byUnit() {
        return fixedCovariance.sandwich() || influence != InfluenceMethod.NONE;
    }

    /**
     * @return the confidence level in (0, 1)
     */
    public double confidence() {
        return confidenceLevel / 100;
    }

    /**
     * @param other degrees of freedom
     * @return these settings with them
     */
    public InferenceSettings withDf(final DfMethod other) {
        return new InferenceSettings(other, fixedCovariance, influence, confidenceLevel, varianceIntervals,
            varianceTests);
    }

    /**
     * @param other covariance of the fixed effects
     * @return these settings with it
     */
    public InferenceSettings withFixedCovariance(final FixedCovariance other) {
        return new InferenceSettings(dfMethod, other, influence, confidenceLevel, varianceIntervals, varianceTests);
    }

    /**
     * @param other how the influence of independent units is found
     * @return these settings with it
     */
    public InferenceSettings withInfluence(final InfluenceMethod other) {
        return new InferenceSettings(dfMethod, fixedCovariance, other, confidenceLevel, varianceIntervals,
            varianceTests);
    }

    /**
     * @param percent the confidence level
     * @return these settings with it
     */
    public InferenceSettings withConfidence(final double percent) {
        return new InferenceSettings(dfMethod, fixedCovariance, influence, percent, varianceIntervals, varianceTests);
    }

    /**
     * @param intervals of covariance parameters
     * @param tests whether to test random terms or the structure of residuals
     * @return these settings with them
     */
    public InferenceSettings withVariances(final VarianceIntervals intervals, final boolean tests) {
        return new InferenceSettings(dfMethod, fixedCovariance, influence, confidenceLevel, intervals, tests);
    }
}
