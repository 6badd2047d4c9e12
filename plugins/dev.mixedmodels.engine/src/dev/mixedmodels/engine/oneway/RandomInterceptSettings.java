package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.SettingChecks;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import java.io.Serializable;
import java.util.Set;

/**
 * Settings of a Random Intercept ANOVA.
 *
 * @param response name of the response column, for tables and messages
 * @param group name of the grouping column
 * @param method how the variances are estimated
 * @param dfMethod degrees of freedom of the mean
 * @param influence how the influence of groups is found
 * @param confidenceLevel percent, between 0 and 100
 * @param varianceIntervals intervals for the variances
 * @param randomTests whether to test sigma2 = 0
 * @param seed of the simulation in the exact test of unbalanced data
 */
public record RandomInterceptSettings(String response, String group, Method method, DfMethod dfMethod,
    InfluenceMethod influence, double confidenceLevel, VarianceIntervals varianceIntervals, boolean randomTests, long seed)
    implements Serializable {
    /** The methods of degrees of freedom that this model has. */
    public static final Set<DfMethod> DF_METHODS = Set.of(DfMethod.SATTERTHWAITE, DfMethod.KENWARD_ROGER,
        DfMethod.RESIDUAL, DfMethod.ASYMPTOTIC);

    /** How the variances are estimated. */
    public enum Method {
        /** Restricted maximum likelihood. */
        REML,
        /** Maximum likelihood. */
        ML,
        /** Method of moments: mean squares are set to their expectations. */
        ANOVA
    }

    /**
     * @throws ModelException if the confidence level is not between 0 and 100, or if Kenward-Roger is asked for
     *             without REML
     */
    public RandomInterceptSettings {
        SettingChecks.confidenceLevel(confidenceLevel);
        SettingChecks.degreesOfFreedom(dfMethod, DF_METHODS, method.name());
    }

    /**
     * @param values settings by the keys of the node
     * @return the same for this model
     * @throws ModelException if a value is impossible
     */
    public static RandomInterceptSettings of(final SettingValues values) {
        return new RandomInterceptSettings(values.text("response"), values.text("group"),
            values.choice("method", Method.class), values.choice("dfMethod", DfMethod.class),
            values.choice("influence", InfluenceMethod.class), values.number("confidenceLevel"),
            VarianceIntervals.of(values), values.flag("randomTests"), values.whole("seed"));
    }

    /**
     * @param response name of the response column
     * @param group name of the grouping column
     * @param method how the variances are estimated
     * @return the default settings for these
     */
    public static RandomInterceptSettings of(final String response, final String group, final Method method) {
        return new RandomInterceptSettings(response, group, method, DfMethod.SATTERTHWAITE, InfluenceMethod.NONE, 95,
            VarianceIntervals.PROFILE, true, 1);
    }

    /** The confidence level in (0, 1). */
    double confidence() {
        return confidenceLevel / 100;
    }
}
