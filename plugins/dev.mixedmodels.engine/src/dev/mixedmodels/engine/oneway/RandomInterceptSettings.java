package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.SettingChecks;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import java.io.Serializable;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Settings of a Random Intercept ANOVA.
 *
 * @param response name of the response column, for tables and messages
 * @param group name of the grouping column
 * @param method how the variances are estimated
 * @param inference standard error of the mean, intervals and tests, among them one of sigma2 = 0
 * @param seed of the simulation in the exact test of unbalanced data
 */
public record RandomInterceptSettings(String response, String group, Method method, InferenceSettings inference,
    long seed) implements Serializable {
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
     * @throws ModelException if Kenward-Roger is asked for without REML, or a sandwich with the method of moments
     */
    public RandomInterceptSettings {
        SettingChecks.degreesOfFreedom(inference.dfMethod(), DF_METHODS, method.name());
        if (method == Method.ANOVA && inference.fixedCovariance().sandwich()) {
            throw new ModelException("Sandwich standard errors exist for REML and ML: with the method ANOVA the mean "
                + "is that of all rows, whatever the variances. Choose REML, or the standard errors of the model.");
        }
    }

    /**
     * @param values settings by the keys of the node
     * @return the same for this model
     * @throws ModelException if a value is impossible
     */
    public static RandomInterceptSettings of(final SettingValues values) {
        final Method method = values.choice("method", Method.class);
        final FixedCovariance covariance = method == Method.ANOVA ? FixedCovariance.MODEL // the setting is hidden
            : values.choice("fixedCovariance", FixedCovariance.class);
        return new RandomInterceptSettings(values.text("response"), values.text("group"), method,
            new InferenceSettings(values.choice("dfMethod", DfMethod.class), covariance,
                values.choice("influence", InfluenceMethod.class), values.number("confidenceLevel"),
                VarianceIntervals.of(values), values.flag("randomTests")), values.whole("seed"));
    }

    /**
     * @param response name of the response column
     * @param group name of the grouping column
     * @param method how the variances are estimated
     * @return the default settings for these
     */
    public static RandomInterceptSettings of(final String response, final String group, final Method method) {
        return new RandomInterceptSettings(response, group, method, InferenceSettings.DEFAULT, 1);
    }

    /**
     * @param change of standard errors, intervals and tests
     * @return these settings with it
     */
    public RandomInterceptSettings withInference(final UnaryOperator<InferenceSettings> change) {
        return new RandomInterceptSettings(response, group, method, change.apply(inference), seed);
    }
}
