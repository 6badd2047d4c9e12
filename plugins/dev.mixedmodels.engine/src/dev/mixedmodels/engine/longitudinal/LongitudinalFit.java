package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.MeanCourse;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.fit.CovarianceSearch;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.Parts;
import dev.mixedmodels.engine.inference.Adjustment;
import dev.mixedmodels.engine.inference.FixedEffectsTable;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.LeastSquaresMeansTable;
import dev.mixedmodels.engine.inference.MeansTests;
import dev.mixedmodels.engine.likelihood.GaussianCriterion;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.report.BootstrapIntervals;
import dev.mixedmodels.engine.report.SearchEnded;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.InfluenceRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.result.ResponseUnit;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A fitted longitudinal mixed model: its estimates, and the output tables on demand. */
public final class LongitudinalFit {
    private final LongitudinalSettings settings;
    private final SubjectData data;
    private final OrdinaryLeastSquares naive;
    private final ResidualColumns residual;
    private final Estimate estimate;
    private final CovarianceSearch search;
    /** Of the response in everything that the model computes; what this class gives is in the response's own unit. */
    private final ResponseUnit unit;
    private FixedInference inference; // made with the tables
    private final BlupTable blups;

    LongitudinalFit(final LongitudinalSettings settings, final SubjectData data, final OrdinaryLeastSquares naive,
        final ResidualColumns residual, final Estimate estimate, final CovarianceSearch search) {
        this.settings = settings;
        this.data = data;
        this.naive = naive;
        this.residual = residual;
        this.estimate = estimate;
        this.search = search;
        unit = ResponseUnit.of(data.design().responseUnit());
        blups = new BlupTable(data, estimate, predictions(null));
    }

    /**
     * @return -2 log likelihood, under REML the restricted one without log |X'X|
     */
    public double criterion() {
        final GaussianCriterion at = estimate.atMinimum();
        return at.value() + 2 * at.degreesOfFreedom() * Math.log(data.scale()) + unit.criterion(at.degreesOfFreedom())
            + (settings.estimation().reml() ? data.design().fixed().basis().logDeterminant() : 0)
            - data.design().logWeights();
    }

    private double[] computedCoefficients() {
        return data.design().fixed().basis().coefficients(data.coefficients(estimate.atMinimum().beta()));
    }

    /**
     * @param progress to learn of cancellation
     * @return draws responses from the model and fits it to them
     */
    public Refits refits(final Progress progress) {
        return new LongitudinalRefits(settings, data, residual, estimate, true, progress);
    }

    /** The same of another random part fitted to the same rows, for its likelihood only. */
    Refits refits(final Estimate other, final Progress progress) {
        return new LongitudinalRefits(settings, data, residual, other, false, progress);
    }

    LongitudinalSettings settings() {
        return settings;
    }

    Estimate estimate() {
        return estimate;
    }

    SubjectData data() {
        return data;
    }

    /**
     * @param progress of the work: intervals, tests
     * @param warnings takes what the user should know; all warnings so far also go to Model fit
     * @return all that the model gives
     */
    public ModelFit output(final Progress progress, final Warnings warnings) {
        final ModelTables tables = tables(progress, warnings);
        return new ModelFit(tables, this::fittedRows, design(), () -> stored(tables));
    }

    /**
     * @param normalised whether normalised residuals are wanted
     * @return computes fitted values and residuals of the rows of the table, part after part from its first row on
     */
    public Function<Frame, FittedPart> fittedRows(final boolean normalised) {
        return new FittedRows(data, residual, estimate, blups.all(), normalised);
    }

    /**
     * @return what the model says of any part of the subjects, on any machine
     */
    public SubjectPredictions predictions() {
        return predictions(new FittedRows(data, residual, estimate, null, true));
    }

    private SubjectPredictions predictions(final FittedRows rows) {
        return new SubjectPredictions(data, estimate, computedCoefficients(), settings.inference().confidence(), rows);
    }

    /**
     * @return the subjects, where their rows are
     */
    public Parts<SubjectPart> subjects() {
        return data.parts();
    }

    /**
     * All tables but the fitted values.
     *
     * @param progress of the work: intervals, tests
     * @param warnings takes what the user should know; all warnings so far also go to Model fit
     * @return the tables
     */
    public ModelTables tables(final Progress progress, final Warnings warnings) {
        progress.report(0, "Tests of fixed effects");
        final FixedDesign fixed = data.design().fixed();
        inference = MeanInference.of(settings, data, estimate, progress, warnings);
        final List<FitStatisticRow> tests = new ArrayList<>(FixedEffectsTable.tests(fixed, inference));
        progress.report(0.1, "Intervals of covariance parameters");
        final VarianceShares shares = VarianceShares.of(data, residual, estimate);
        final double confidence = settings.inference().confidence();
        final BootstrapIntervals intervals = BootstrapIntervals.of(settings.inference().varianceIntervals(), confidence,
            new BootstrapIntervals.Reported(fixed.names(),
                CovarianceTable.of(settings, data.subject().name(), estimate, shares.residual()),
                data.random() == null ? List.of() : List.of(ModelFitTable.INTRACLASS + data.subject().name()), unit),
            () -> refits(progress), progress.sub(0.1, 0.6), warnings);
        tests.addAll(0, intervals.rows());
        progress.report(0.6, "Tests of random terms");
        if (settings.inference().varianceTests()) {
            tests.addAll(RandomTests.of(this, progress.sub(0.6, 0.9), warnings));
        }
        progress.report(0.9, "Tables");
        if (data.withoutOrder() != null) {
            warnings.add("Normalized residuals are left out, for the rows are not in order of \"" + data.key().time()
                + "\" and cannot be sorted: sort the table by that column. " + data.withoutOrder());
        }
        unit.remark(data.design().formula().response().column(), shares.residual()).ifPresent(warnings::add);
        if (estimate.singular()) {
            warnings.add(Singularity.text(estimate, data.subject().name()));
        }
        if (!estimate.minimum().optimum().converged()) {
            warnings.add(SearchEnded.withoutConvergence(estimate.minimum().optimum(),
                settings.estimation().maxIterations(),
                settings.inference().varianceIntervals(), "a simpler random part or residual structure"));
        }
        final List<MeansRow> means = LeastSquaresMeansTable.of(settings.tables(), data.design(), inference, confidence,
            progress, warnings);
        final List<InfluenceRow> influence = SubjectInfluence.of(settings, data, estimate, progress.sub(0.9, 1),
            warnings);
        return unit.back(new ModelTables(FixedEffectsTable.of(fixed, inference, naive, confidence),
            intervals.parameters(),
            blups, CovarianceMatrices.of(settings, data, residual, estimate, inference, progress),
            new ModelFitTable(settings, data, estimate, shares).of(criterion(), tests, search, warnings.list()),
            means, LeastSquaresMeansTable.of(MeanCourse.of(data.design(), settings.layout().time()), inference,
                MeansTests.of(Adjustment.NONE, confidence), progress), List.of())).withInfluence(influence);
    }

    /**
     * The model without its data, after the tables were made.
     *
     * @param tables the tables
     * @return the model, but for the rows that were used
     */
    public StoredModel stored(final ModelTables tables) {
        return StoredFit.of(settings, data.design(), estimate, inference,
            blups.stored(settings.covariance().random()), tables);
    }

    /**
     * @return the design, which tells what rows were used
     */
    public ModelDesign design() {
        return data.design();
    }
}
