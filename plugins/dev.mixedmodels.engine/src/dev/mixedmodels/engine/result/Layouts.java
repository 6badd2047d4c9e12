package dev.mixedmodels.engine.result;

import java.util.List;

/** The output tables that the nodes have in common: the same columns whatever the settings. */
public final class Layouts {
    /** Table 1, one row per coefficient of the mean. */
    public static final TableLayout<FixedEffectRow> FIXED_EFFECTS = new TableLayout<FixedEffectRow>("Fixed effects")
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
        new TableLayout<CovarianceParameterRow>("Covariance parameters")
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
    public static final TableLayout<BlupRow> BLUPS = new TableLayout<BlupRow>("BLUPs")
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
    public static final TableLayout<CovarianceEntryRow> COVARIANCE_MATRICES =
        new TableLayout<CovarianceEntryRow>("Covariance matrices").text("Matrix", CovarianceEntryRow::matrix)
        .text("Block", CovarianceEntryRow::block)
        .text("Row", CovarianceEntryRow::row)
        .text("Column", CovarianceEntryRow::column)
        .preciseNumber("Covariance", CovarianceEntryRow::covariance)
        .number("Correlation", CovarianceEntryRow::correlation);

    /** Table 5, one row per figure about the whole fit. */
    public static final TableLayout<FitStatisticRow> MODEL_FIT = new TableLayout<FitStatisticRow>("Model fit")
        .text("Category", row -> row.category().label())
        .text("Statistic", FitStatisticRow::statistic)
        .preciseNumber("Value", FitStatisticRow::value)
        .limit("Num df", FitStatisticRow::numDf)
        .limit("Den df", FitStatisticRow::denDf)
        .preciseNumber("p-value", FitStatisticRow::pValue)
        .text("Note", FitStatisticRow::note);

    /** Table 6, one row per input row. */
    public static final TableLayout<FittedRow> FITTED_VALUES = new TableLayout<FittedRow>("Fitted values")
        .number("Fitted (marginal)", FittedRow::marginal)
        .number("Fitted (conditional)", FittedRow::conditional)
        .number("Residual", FittedRow::residual)
        .number("Pearson Residual", FittedRow::pearson)
        .number("Normalized Residual", FittedRow::normalized);

    /** Table 3 of empirical Bayes, one row per unit. */
    public static final TableLayout<ShrinkageRow> SHRINKAGE = new TableLayout<ShrinkageRow>("Shrinkage estimates")
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
    public static final TableLayout<MeansRow> LEAST_SQUARES_MEANS = new TableLayout<MeansRow>("Least-squares means")
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
    public static final TableLayout<InfluenceRow> INFLUENCE = new TableLayout<InfluenceRow>("Influence")
        .text("Group", InfluenceRow::group)
        .text("Level", InfluenceRow::level)
        .count("N", InfluenceRow::n)
        .text("Measure", InfluenceRow::measure)
        .text("Parameter", InfluenceRow::parameter)
        .number("Value", InfluenceRow::value);

    /** The tables of a model of groups in the order of the ports. */
    public static final List<TableLayout<?>> GROUP_MODEL = List.of(FIXED_EFFECTS, COVARIANCE_PARAMETERS, BLUPS,
        COVARIANCE_MATRICES, MODEL_FIT, FITTED_VALUES, INFLUENCE);

    /** The tables of a model with least-squares means in the order of the ports. */
    public static final List<TableLayout<?>> MODEL_WITH_MEANS = List.of(FIXED_EFFECTS, COVARIANCE_PARAMETERS, BLUPS,
        COVARIANCE_MATRICES, MODEL_FIT, FITTED_VALUES, LEAST_SQUARES_MEANS, INFLUENCE);

    /** The tables of empirical Bayes in the order of the ports. */
    public static final List<TableLayout<?>> EMPIRICAL_BAYES = List.of(FIXED_EFFECTS, COVARIANCE_PARAMETERS, SHRINKAGE,
        COVARIANCE_MATRICES, MODEL_FIT, FITTED_VALUES);

    private Layouts() {
    }
}
