package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Display;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Intervals;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.SettingChecks;
import java.util.List;

/**
 * A model of a table of units.
 *
 * @param settings what to fit and to report
 * @param columns which columns tell what of the units
 * @param options how covariates enter the prior mean, and what happens to missing values
 */
public record UnitModel(EmpiricalBayesSettings settings, UnitColumns columns, DesignOptions options) {
    /**
     * @param values settings by the keys of the node
     * @return the same for this model
     * @throws ModelException if a value is impossible
     */
    public static UnitModel of(final SettingValues values) {
        check(values);
        return new UnitModel(settings(values), columns(values), DesignOptions.ofFactors(values));
    }

    /**
     * Checks what can be checked without columns.
     *
     * @param values settings by the keys of the node
     * @throws ModelException if a value is impossible
     */
    public static void check(final SettingValues values) {
        final Family family = settings(values).family();
        final boolean formula = isFormula(values);
        if (family == Family.GAUSSIAN) {
            checkPrecision(values);
            if (formula) {
                mean("y", values);
            }
        } else if (formula ? !values.text("formula").isBlank() : !values.texts("covariates").isEmpty()) {
            throw new ModelException("Covariates are for the kind of data \"" + Family.GAUSSIAN
                + "\", and the kind of data is \"" + family + "\". Remove them under \""
                + (formula ? "Formula" : "Covariates") + "\".");
        }
    }

    private static void checkPrecision(final SettingValues values) {
        final PrecisionSource source = PrecisionSource.of(values);
        final String common = "Common standard error";
        final String pooled = "Pooled variance";
        notNegative(values.number("commonStandardError"), common);
        notNegative(values.number("pooledVariance"), pooled);
        positive(values.number("commonStandardError"), source == PrecisionSource.COMMON, common);
        positive(values.number("pooledVariance"), source == PrecisionSource.POOLED, pooled);
    }

    private static void notNegative(final double value, final String title) {
        if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
            throw new ModelException("\"" + title + "\" is " + Words.number(value) + " and must be a "
                + "positive number, or 0 if it is not used.");
        }
    }

    private static void positive(final double value, final boolean used, final String title) {
        if (used && !(value > 0)) {
            throw new ModelException("\"" + title + "\" is " + Words.number(value) + " and must be a positive"
                + " number. Write one, or choose another way under \"Standard errors from\".");
        }
    }

    private static boolean isFormula(final SettingValues values) {
        return values.text("modelSpecification").equals("FORMULA");
    }

    /** The formula of the prior mean of a column of estimates. */
    private static Formula mean(final String observed, final SettingValues values) {
        final String formula = values.text("formula");
        if (formula.isBlank()) {
            throw new ModelException("The formula of the prior mean is empty. Write one under \"Formula\", such as"
                + " x1 * x2, or set \"Prior mean from\" to Columns.");
        }
        return UnitColumns.parse(observed, formula);
    }

    private static EmpiricalBayesSettings settings(final SettingValues values) {
        SettingChecks.confidenceLevel(values.number("confidenceLevel"));
        final PriorEstimator estimator = values.choice("estimator", PriorEstimator.class);
        final EmpiricalBayesSettings.Builder settings =
            EmpiricalBayesSettings.builder(values.choice("family", Family.class))
                .prior(values.choice("prior", Prior.class)).estimator(estimator)
                .posteriorVariance(values.choice("posteriorVariance", PosteriorVariance.class))
                .dfMethod(values.choice("dfMethod", DfMethod.class))
                .intervals(values.choice("varianceIntervals", Intervals.class))
                .confidence(values.number("confidenceLevel") / 100)
                .threshold(values.optionalNumber("threshold", "Threshold"))
                .ranks(values.flag("ranks"))
                .display(values.choice("display", Display.class), values.number("ratePer"))
                .simulation(values.whole("seed"), (int) values.whole("replicates"))
                .marginal(values.choice("marginalEstimates", MarginalSource.class));
        if (estimator == PriorEstimator.GIVEN) {
            settings.given(values.optionalNumber("givenTau2", "Given prior variance"),
                values.optionalNumber("givenMean", "Given prior mean"));
        }
        return settings.build();
    }

    private static UnitColumns columns(final SettingValues values) {
        final String unit = values.textOrNull("unit");
        return switch (values.choice("family", Family.class)) {
            case GAUSSIAN -> estimates(unit, values);
            case POISSON_GAMMA -> counts(unit, values.text("count"), values.text("exposure"), values);
            case BETA_BINOMIAL -> counts(unit, values.text("successes"), values.text("trials"), values);
        };
    }

    private static UnitColumns counts(final String unit, final String events, final String size,
        final SettingValues values) {
        return new UnitColumns(unit, events, size, Double.NaN, Double.NaN, List.of())
            .withFrequency(values.textOrNull("frequency"));
    }

    private static UnitColumns estimates(final String unit, final SettingValues values) {
        final String estimate = values.text("estimate");
        final PrecisionSource source = PrecisionSource.of(values);
        final String precision = switch (source) {
            case COMMON -> null;
            case POOLED -> values.text("count");
            case VARIANCE -> values.text("samplingVariance");
            default -> values.text("standardError");
        };
        final UnitColumns columns = new UnitColumns(unit, estimate, precision,
            source == PrecisionSource.COMMON ? values.number("commonStandardError") : Double.NaN,
            source == PrecisionSource.POOLED ? values.number("pooledVariance") : Double.NaN,
            source == PrecisionSource.VARIANCE, isFormula(values) ? List.of() : values.texts("covariates"), null, null);
        return isFormula(values) ? columns.withMean(mean(estimate, values)) : columns;
    }
}
