package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.InfluenceRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import org.knime.core.data.DataTableSpec;

/** The output tables that the nodes have in common: the same columns whatever the settings. */
public final class Layouts {
    /** Table 1, one row per coefficient of the mean. */
    public static final TableLayout<FixedEffectRow> FIXED_EFFECTS = new TableLayout<FixedEffectRow>()
        .text("Term", FixedEffectRow::term)
        .number("Estimate", FixedEffectRow::estimate)
        .number("Std. Error", FixedEffectRow::stdError)
        .limit("df", FixedEffectRow::df)
        .number("t", FixedEffectRow::t)
        .preciseNumber("p-value", FixedEffectRow::pValue)
        .number("Lower Bound", FixedEffectRow::lower)
        .number("Upper Bound", FixedEffectRow::upper)
        .number("Naive Estimate", FixedEffectRow::naiveEstimate)
        .number("Naive Std. Error", FixedEffectRow::naiveStdError)
        .preciseNumber("Naive p-value", FixedEffectRow::naivePValue)
        .number("Design Effect", FixedEffectRow::designEffect);

    /** Table 2, one row per variance, covariance, correlation or other covariance parameter. */
    public static final TableLayout<CovarianceParameterRow> COVARIANCE_PARAMETERS =
        new TableLayout<CovarianceParameterRow>()
            .text("Group", CovarianceParameterRow::group)
            .text("Parameter", CovarianceParameterRow::parameter)
            .preciseNumber("Estimate", CovarianceParameterRow::estimate)
            .number("Std. Error", CovarianceParameterRow::stdError)
            .number("Lower Bound", CovarianceParameterRow::lower)
            .number("Upper Bound", CovarianceParameterRow::upper)
            .number("Std. Deviation", CovarianceParameterRow::stdDeviation)
            .number("Correlation", CovarianceParameterRow::correlation)
            .number("Share of Variance", CovarianceParameterRow::share)
            .flag("On Boundary", CovarianceParameterRow::onBoundary);

    /** Table 3, one row per level and random effect. */
    public static final TableLayout<BlupRow> BLUPS = new TableLayout<BlupRow>()
        .text("Group", BlupRow::group)
        .text("Level", BlupRow::level)
        .text("Effect", BlupRow::effect)
        .number("BLUP", BlupRow::blup)
        .number("Std. Error", BlupRow::stdError)
        .number("Conditional Std. Dev.", BlupRow::conditionalStdDev)
        .number("Lower Bound", BlupRow::lower)
        .number("Upper Bound", BlupRow::upper)
        .number("Coefficient", BlupRow::coefficient)
        .number("Coefficient Std. Error", BlupRow::coefficientStdError)
        .count("N", BlupRow::n)
        .number("Reliability", BlupRow::reliability);

    /** Table 4, one row per entry of a matrix. */
    public static final TableLayout<CovarianceEntryRow> COVARIANCE_MATRICES = new TableLayout<CovarianceEntryRow>()
        .text("Matrix", CovarianceEntryRow::matrix)
        .text("Block", CovarianceEntryRow::block)
        .text("Row", CovarianceEntryRow::row)
        .text("Column", CovarianceEntryRow::column)
        .preciseNumber("Covariance", CovarianceEntryRow::covariance)
        .number("Correlation", CovarianceEntryRow::correlation);

    /** Table 5, one row per figure about the whole fit. */
    public static final TableLayout<FitStatisticRow> MODEL_FIT = new TableLayout<FitStatisticRow>()
        .text("Category", row -> row.category().label())
        .text("Statistic", FitStatisticRow::statistic)
        .preciseNumber("Value", FitStatisticRow::value)
        .limit("Num df", FitStatisticRow::numDf)
        .limit("Den df", FitStatisticRow::denDf)
        .preciseNumber("p-value", FitStatisticRow::pValue)
        .text("Note", FitStatisticRow::note);

    /** Table 6, one row per input row. */
    public static final TableLayout<FittedRow> FITTED_VALUES = new TableLayout<FittedRow>()
        .number("Fitted (marginal)", FittedRow::marginal)
        .number("Fitted (conditional)", FittedRow::conditional)
        .number("Residual", FittedRow::residual)
        .number("Pearson Residual", FittedRow::pearson)
        .number("Normalized Residual", FittedRow::normalized);

    /** Table 3 of empirical Bayes, one row per unit. */
    public static final TableLayout<ShrinkageRow> SHRINKAGE = new TableLayout<ShrinkageRow>()
        .text("Unit", ShrinkageRow::unit)
        .number("Observed", ShrinkageRow::observed)
        .number("Std. Error (observed)", ShrinkageRow::observedStdError)
        .number("Prior Mean", ShrinkageRow::priorMean)
        .number("Shrinkage", ShrinkageRow::shrinkage)
        .number("Posterior Mean", ShrinkageRow::mean)
        .number("Posterior Std. Dev.", ShrinkageRow::stdDeviation)
        .number("Lower Bound", ShrinkageRow::lower)
        .number("Upper Bound", ShrinkageRow::upper)
        .number("Rank", ShrinkageRow::rank)
        .preciseNumber("P(theta > threshold)", ShrinkageRow::exceedance)
        .number("Rank Lower Bound", ShrinkageRow::rankLower)
        .number("Rank Upper Bound", ShrinkageRow::rankUpper)
        .number("Observed Lower Bound", ShrinkageRow::observedLower)
        .number("Observed Upper Bound", ShrinkageRow::observedUpper)
        .number("Robbins or Tweedie Estimate", ShrinkageRow::marginalMean)
        .number("Robbins or Tweedie Std. Error", ShrinkageRow::marginalStdError);

    /** Table 7, one row per mean or difference. */
    public static final TableLayout<MeansRow> LEAST_SQUARES_MEANS = new TableLayout<MeansRow>()
        .text("Type", MeansRow::type)
        .text("Term", MeansRow::term)
        .text("Level", MeansRow::level)
        .text("Against", MeansRow::against)
        .text("At", MeansRow::at)
        .number("Estimate", MeansRow::estimate)
        .number("Std. Error", MeansRow::stdError)
        .limit("df", MeansRow::df)
        .number("t", MeansRow::t)
        .preciseNumber("p-value", MeansRow::pValue)
        .number("Lower Bound", MeansRow::lower)
        .number("Upper Bound", MeansRow::upper)
        .preciseNumber("Adjusted p-value", MeansRow::adjustedPValue);

    /** Table 8, one row per unit and figure. */
    public static final TableLayout<InfluenceRow> INFLUENCE = new TableLayout<InfluenceRow>()
        .text("Group", InfluenceRow::group)
        .text("Level", InfluenceRow::level)
        .count("N", InfluenceRow::n)
        .text("Measure", InfluenceRow::measure)
        .optionalText("Parameter", InfluenceRow::parameter)
        .number("Value", InfluenceRow::value);

    private Layouts() {
    }

    /**
     * @return the columns of tables 1 to 6
     */
    public static DataTableSpec[] mixedModelSpecs() {
        return new DataTableSpec[] {FIXED_EFFECTS.spec(), COVARIANCE_PARAMETERS.spec(), BLUPS.spec(),
            COVARIANCE_MATRICES.spec(), MODEL_FIT.spec(), FITTED_VALUES.spec()};
    }

    /**
     * @return the columns of the tables of empirical Bayes
     */
    public static DataTableSpec[] empiricalBayesSpecs() {
        final DataTableSpec[] specs = mixedModelSpecs();
        specs[2] = SHRINKAGE.spec();
        return specs;
    }
}
