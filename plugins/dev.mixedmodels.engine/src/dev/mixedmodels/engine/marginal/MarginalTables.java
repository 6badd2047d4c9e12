package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.MeanCourse;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.inference.Adjustment;
import dev.mixedmodels.engine.inference.FixedEffectsTable;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.LeastSquaresMeansTable;
import dev.mixedmodels.engine.inference.MeansTests;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.report.SearchEnded;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.InfluenceRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.result.ResponseUnit;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import java.util.ArrayList;
import java.util.List;

/**
 * The output of a fit.
 *
 * @param settings of the model
 * @param data the rows
 * @param naive ordinary least squares
 * @param estimator fits other structures
 * @param estimates the fit
 */
record MarginalTables(MarginalSettings settings, RepeatedData data, OrdinaryLeastSquares naive,
    StructureSearch estimator, StructureFit estimates) {
    /** So many parameters are named in a warning. */
    private static final int SHOWN = 8;

    /**
     * @param progress of inference, intervals, comparisons
     * @param warnings takes what the user should know
     */
    MarginalFit fit(final Progress progress, final Warnings warnings) {
        final CovarianceParameters parameters = new CovarianceParameters(data, estimates);
        warn(parameters.undetermined(), warnings);
        progress.report(0, "Inference");
        final ModelDesign design = data.design();
        final FixedInference inference = MeanInference.of(settings.inference(), data, estimates, progress, warnings);
        final double confidence = settings.inference().confidence();
        final List<InfluenceRow> influence =
            SubjectInfluence.of(settings, data, estimates, parameters, progress.sub(0, 0.15), warnings);
        final String visit = settings.layout().visit();
        final boolean atVisits = visit != null && design.fixed().factors().contains(visit);
        final List<MeansRow> means = LeastSquaresMeansTable.of(atVisits ? settings.tables().orAt(visit)
            : settings.tables(), design, inference, confidence, progress, warnings);
        final FittedSubjects fitted = new FittedSubjects(data, Solved.of(estimates), progress.sub(0.15, 0.2), warnings);
        final ModelTables tables = new ModelTables(
            FixedEffectsTable.of(design.fixed(), inference, naive, confidence),
            parameters.table(SearchEnded.possible(estimates.optimum(), settings.inference().varianceIntervals()),
                confidence, progress.sub(0.2, 0.7)),
            new Predictions(data, fitted.predicted(), confidence),
            new CovarianceMatrices(data, estimates, fitted.unobserved()).table(inference, parameters),
            modelFit(inference, warnings, progress.sub(0.7, 1)),
            means, LeastSquaresMeansTable.of(MeanCourse.of(design, settings.layout().time()), inference,
                MeansTests.of(Adjustment.NONE, confidence), progress), List.of());
        final ModelTables own = ResponseUnit.of(design.responseUnit()).back(tables).withInfluence(influence);
        final BlockPredictions blocks =
            new BlockPredictions(data, fitted.unobserved(), Solved.of(estimates), confidence);
        return new MarginalFit(new ModelFit(own, data.counts() == null ? blocks : fitted::rows, design,
            () -> StoredFit.of(settings, data, estimates, inference, own)), blocks);
    }

    private void warn(final List<String> undetermined, final Warnings warnings) {
        if (estimates.singular()) {
            warnings.add(MarginalModel.SINGULAR);
        } else if (!estimates.model().remark(estimates.theta()).isEmpty()) {
            warnings.add(estimates.model().remark(estimates.theta()));
        } else if (estimates.flat() && undetermined.isEmpty()) {
            warnings.add("The likelihood hardly changes in some direction of the covariance parameters, which standard "
                + "errors and degrees of freedom take as known. Choose a structure with fewer parameters.");
        }
        if (!undetermined.isEmpty()) {
            final List<String> shown = new ArrayList<>(undetermined.subList(0, Math.min(SHOWN, undetermined.size())));
            if (shown.size() < undetermined.size()) {
                shown.add((undetermined.size() - shown.size()) + " more");
            }
            warnings.add("The rows do not determine " + Words.list(shown) + ", since no subject was seen at such "
                + "visits together. They are missing, and so are predictions that need them; nothing else depends on "
                + "them.");
        }
        if (!estimates.optimum().converged()) {
            warnings.add(SearchEnded.withoutConvergence(estimates.optimum(), settings.estimation().maxIterations(),
                settings.inference().varianceIntervals(), "a structure with fewer parameters"));
        }
    }

    private List<FitStatisticRow> modelFit(final FixedInference inference, final Warnings warnings,
        final Progress progress) {
        final ModelFitTable table = new ModelFitTable(settings, data, estimates);
        for (final VisitStructure other : settings.compareStructures()) {
            progress.report(0.1, "Fitting " + other + " for comparison");
            comparison(table, other, progress.sub(0.1, 0.9));
        }
        table.tests(FixedEffectsTable.tests(data.design().fixed(), inference));
        table.tests(ClassicalTests.rows(data));
        table.tests(StructureTest.rows(settings, data, estimates, naive));
        return table.with(warnings);
    }

    /** A structure that these rows do not bear is no reason to give up the others. */
    private void comparison(final ModelFitTable table, final VisitStructure other, final Progress progress) {
        try {
            LayoutCheck.columns(settings.layout(), other);
            table.comparison(other == settings.structure() ? estimates : estimator.fit(other, progress));
        } catch (final ModelException e) {
            table.noComparison(other, e.message(table.rowNames()));
        }
    }
}
