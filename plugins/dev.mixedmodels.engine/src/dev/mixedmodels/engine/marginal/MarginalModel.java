package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.MeanCourse;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.UnitRoles;
import dev.mixedmodels.engine.frame.Frame;
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
import dev.mixedmodels.engine.statistics.ExactFit;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Marginal Repeated Measures: y_i ~ N(X_i beta, V_i(theta)) for independent subjects i, V_i from a structure over the
 * visits or times of the subject, or W_i^-1/2 V_i W_i^-1/2 with weights of the rows. Rows of the same pattern of visits
 * are pooled in one pass; after that the fit does not depend on the number of subjects.
 */
public final class MarginalModel {
    static final String SINGULAR = "The estimated covariance matrix V is singular to working precision: a correlation "
        + "or a variance lies on the boundary of what is possible. The data do not bear this structure; choose one "
        + "with fewer parameters.";

    /** So many parameters are named in a warning. */
    private static final int SHOWN = 8;

    private MarginalModel() {
    }

    /**
     * Fits the model.
     *
     * @param settings mean, structure, inference
     * @param frame the table
     * @param progress of the fit
     * @param warnings takes what the user should know: rows left out, singular V, no convergence
     * @return the output tables and the computer of fitted values
     * @throws ModelException if columns do not fit together or the rows do not bear the structure
     */
    public static ModelFit fit(final MarginalSettings settings, final Frame frame, final Progress progress,
        final Warnings warnings) {
        settings.check();
        return settings.layout().subject() != null ? ofSubjects(settings, frame, progress, warnings)
            : ofSubjects(WholeTable.in(settings), WholeTable.in(frame), progress, warnings);
    }

    private static ModelFit ofSubjects(final MarginalSettings settings, final Frame frame, final Progress progress,
        final Warnings warnings) {
        progress.report(0, "Design");
        UnitRoles.requireNotFixed(settings.formula(), settings.layout().subject(), "subject");
        final ModelDesign design = ModelDesign.of(frame, settings.formula(), options(settings), warnings);
        LayoutCheck.response(design);
        LayoutCheck.visits(design, settings.layout(), settings.structure());
        final RepeatedRows rows = new RepeatedRows(design, settings, progress);
        new LayoutCheck(rows, settings.layout()).rows();
        VisitOrder.warn(settings, rows, warnings);
        final OrdinaryLeastSquares naive = OrdinaryLeastSquares.of(design.fixed());
        final String response = design.responseName();
        if (rows.constantResponse()) {
            throw ExactFit.ofConstant(response, design.response(rows.index().row(0)) * design.responseUnit());
        }
        if (naive.df() > 0 && ExactFit.is(naive.residualSumOfSquares(), naive.df(), design.largestResponse())) {
            throw ExactFit.ofFixedEffects(response);
        }
        final StructureSearch estimator = new StructureSearch(rows, settings);
        final StructureFit estimates = estimator.fit(settings.structure(), progress.sub(0.1, 0.4));
        final CovarianceParameters parameters = new CovarianceParameters(rows, estimates);
        warn(estimates, parameters.undetermined(), settings, warnings);
        progress.report(0.4, "Inference");
        final FixedInference inference = MeanInference.of(settings.inference(), rows, estimates, progress,
            warnings);
        final double confidence = settings.inference().confidence();
        final UnobservedVisits unobserved = new UnobservedVisits(rows, settings);
        final List<InfluenceRow> influence =
            SubjectInfluence.of(settings, rows, estimates, parameters, progress.sub(0.4, 0.5), warnings);
        final String visit = settings.layout().visit();
        final boolean atVisits = visit != null && design.fixed().factors().contains(visit);
        final List<MeansRow> means = LeastSquaresMeansTable.of(atVisits ? settings.tables().orAt(visit) : settings.tables(),
            design, inference, confidence, progress, warnings);
        final ModelTables tables = new ModelTables(
            FixedEffectsTable.of(design.fixed(), inference, naive, confidence),
            parameters.table(SearchEnded.possible(estimates.optimum(), settings.inference().varianceIntervals()),
                confidence, progress.sub(0.5, 0.8)),
            new Predictions(rows, estimates, unobserved, confidence),
            new CovarianceMatrices(rows, estimates, settings).table(inference, parameters),
            modelFit(settings, rows, estimates, estimator, inference, naive, warnings, progress.sub(0.8, 1)),
            means, LeastSquaresMeansTable.of(MeanCourse.of(design, settings.layout().time()), inference,
                MeansTests.of(Adjustment.NONE, confidence), progress));
        final ModelTables own = ResponseUnit.of(design.responseUnit()).back(tables).withInfluence(influence);
        return ModelFit.ofRows(own, new FittedValues(rows, estimates, unobserved), design,
            () -> StoredFit.of(settings, rows, estimates, unobserved, inference, own));
    }

    /** Subject, visit, time and grouping column must not be missing; a visit is a factor unless it is the time. */
    private static DesignOptions options(final MarginalSettings settings) {
        final MarginalSettings.Layout layout = settings.layout();
        final DesignOptions options = settings.options().withAlsoUsed(
            Stream.concat(Stream.of(layout.subject(), layout.visit(), layout.time(), layout.structureBy()),
                layout.coordinates().stream()).filter(Objects::nonNull).distinct().toArray(String[]::new)).withOwnUnit();
        return layout.visit() == null || layout.visit().equals(layout.time()) ? options
            : options.withNominal(layout.visit());
    }

    private static void warn(final StructureFit estimates, final List<String> undetermined,
        final MarginalSettings settings, final Warnings warnings) {
        if (estimates.singular()) {
            warnings.add(SINGULAR);
        } else if (!estimates.model().remark(estimates.theta()).isEmpty()) {
            warnings.add(estimates.model().remark(estimates.theta()));
        } else if (estimates.flat() && undetermined.isEmpty()) {
            warnings.add("The likelihood hardly changes in some direction of the covariance parameters, which standard errors "
                    + "and degrees of freedom take as known. Choose a structure with fewer parameters.");
        }
        if (!undetermined.isEmpty()) {
            final List<String> shown = new ArrayList<>(undetermined.subList(0, Math.min(SHOWN, undetermined.size())));
            if (shown.size() < undetermined.size()) {
                shown.add((undetermined.size() - shown.size()) + " more");
            }
            warnings.add("The rows do not determine " + Words.list(shown) + ", since no subject was seen at such visits "
                + "together. They are missing, and so are predictions that need them; nothing else depends on them.");
        }
        if (!estimates.optimum().converged()) {
            warnings.add(SearchEnded.withoutConvergence(estimates.optimum(), settings.estimation().maxIterations(),
                settings.inference().varianceIntervals(), "a structure with fewer parameters"));
        }
    }

    private static List<FitStatisticRow> modelFit(final MarginalSettings settings, final RepeatedRows rows,
        final StructureFit estimates, final StructureSearch estimator, final FixedInference inference,
        final OrdinaryLeastSquares naive, final Warnings warnings, final Progress progress) {
        final ModelFitTable table = new ModelFitTable(settings, rows, estimates);
        for (final VisitStructure other : settings.compareStructures()) {
            progress.report(0.1, "Fitting " + other + " for comparison");
            comparison(settings, table, other == settings.structure() ? estimates : null, other, estimator,
                progress.sub(0.1, 0.9));
        }
        table.tests(FixedEffectsTable.tests(rows.design().fixed(), inference));
        table.tests(ClassicalTests.rows(settings, rows));
        table.tests(StructureTest.rows(settings, rows, estimates, naive));
        return table.with(warnings);
    }

    /** A structure that these rows do not bear is no reason to give up the others. */
    private static void comparison(final MarginalSettings settings, final ModelFitTable table, final StructureFit known,
        final VisitStructure other, final StructureSearch estimator, final Progress progress) {
        try {
            LayoutCheck.columns(settings.layout(), other);
            table.comparison(known != null ? known : estimator.fit(other, progress));
        } catch (final ModelException e) {
            table.noComparison(other, e.message(table.rowNames()));
        }
    }
}
