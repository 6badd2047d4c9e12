package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.Contrast;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.report.BootstrapIntervals;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.InfluenceRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Random Intercept ANOVA: y_ij = mu + alpha_i + e_ij, alpha_i ~ N(0, sigma2), e_ij ~ N(0, tau2) or, with weights w of
 * the rows, N(0, tau2 / w_ij), all independent, for groups of any sizes. After one pass over the rows
 * ({@link GroupStatistics}) the cost depends on the number of distinct group sizes only.
 */
public final class RandomInterceptModel {
    private RandomInterceptModel() {
    }

    /**
     * Fits the model.
     *
     * @param settings columns, methods, confidence level
     * @param data the groups
     * @param progress of the fit, without the pass over the rows
     * @param warnings takes what the user should know: a variance at 0, a negative one, no convergence
     * @return the output tables and the computer of fitted values
     * @throws ModelException if the data do not determine both variances: no rows, one group, groups of one row
     *             only, no variation within groups
     */
    public static RandomInterceptFit fit(final RandomInterceptSettings settings, final GroupedData data,
        final Progress progress, final Warnings warnings) {
        progress.report(0, "Analysis of variance");
        final AnovaTable anova = AnovaTable.of(settings, data.statistics());
        final SizeClasses classes = SizeClasses.of(data.statistics(), anova);
        progress.report(0.2, "Estimation");
        final LikelihoodEstimator likelihood = settings.method() == Method.ANOVA ? null
            : new LikelihoodEstimator(classes, settings.method() == Method.REML);
        final VarianceEstimates estimates = likelihood == null ? MomentEstimator.estimate(classes, anova)
            : likelihood.estimate();
        final VarianceEstimates restricted = settings.method() == Method.REML ? estimates
            : settings.inference().varianceTests() ? new LikelihoodEstimator(classes, true).estimate() : null;
        progress.report(0.4, "Intervals");
        final VarianceBounds bounds = VarianceBounds.of(settings, anova, classes, likelihood, estimates);
        final FixedInference inference = MeanInference.of(settings, data, anova, classes, estimates, progress);
        final OneWayFit fit = new OneWayFit(settings, data, anova, classes, estimates, restricted, bounds,
            mean(settings, anova, classes, estimates, inference));
        final BootstrapIntervals intervals = BootstrapIntervals.of(settings.inference().varianceIntervals(),
            settings.inference().confidence(),
            new BootstrapIntervals.Reported(List.of("(Intercept)"), CovarianceTables.parameters(fit),
                List.of(ModelFitTable.INTRACLASS + settings.group()), new ResponseUnit(0)), () -> OneWayRefits.of(fit),
            progress.sub(0.4, 0.6), warnings);
        progress.report(0.6, "Tests");
        final List<FitStatisticRow> tests = new ArrayList<>(intervals.rows());
        if (settings.inference().varianceTests()) {
            tests.addAll(VarianceTests.rows(fit, progress.sub(0.6, 0.8), warnings));
        }
        Remarks.all(fit).forEach(warnings::add);
        final GroupPredictions predictions = new GroupPredictions(settings, anova, estimates, classes.unit());
        final BlupPredictor predictor = predictions.predictor(data, anova::deviation);
        final List<InfluenceRow> influence = GroupInfluence.of(fit, progress.sub(0.8, 1), warnings);
        progress.report(1, "Tables");
        final ModelTables tables = new ModelTables(List.of(fixedEffect(fit)), intervals.parameters(), predictor,
            CovarianceTables.matrices(fit), ModelFitTable.of(fit, tests), List.of(), List.of(), influence);
        return new RandomInterceptFit(tables, predictions, () -> predictions.fittedValues(data, predictor),
            () -> likelihood == null ? List.of() : new VarianceProfile(likelihood, estimates)
                .curves(settings.group(), settings.inference().confidence(), variance -> fit.own(variance, 2)),
            () -> StoredFit.of(fit, inference, predictor, tables));
    }

    /** Standard error and degrees of freedom in the unit of the classes, test and interval in that of the analysis. */
    private static Contrast mean(final RandomInterceptSettings settings, final AnovaTable anova,
        final SizeClasses classes, final VarianceEstimates estimates, final FixedInference inference) {
        return Contrast.of(anova.grandMean() + (anova.grandMeanLow() + estimates.mean() * classes.unit()),
            Math.sqrt(inference.covariance()[0][0]) * classes.unit(), inference.df(new double[] {1}),
            settings.inference().confidence());
    }

    private static FixedEffectRow fixedEffect(final OneWayFit fit) {
        final Contrast m = fit.mean();
        final AnovaTable a = fit.anova();
        final double df = a.rows() - 1.0;
        final double naive = Math.sqrt((a.between() + a.within()) / df / a.size());
        final DoubleUnaryOperator own = x -> a.unit().restore(x, 1);
        return new FixedEffectRow("(Intercept)", own.applyAsDouble(m.estimate()), own.applyAsDouble(m.stdError()),
            m.df(), m.t(), m.pValue(), own.applyAsDouble(m.lower()), own.applyAsDouble(m.upper()),
            own.applyAsDouble(a.grandMean()), own.applyAsDouble(naive), Tail.tTwoSided(a.grandMean() / naive, df),
            FixedEffectRow.designEffect(m.stdError(), naive));
    }
}
