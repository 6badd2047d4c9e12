package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.fit.CovarianceSearch;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.peer.CalledData;
import dev.mixedmodels.engine.peer.CalledModel;
import dev.mixedmodels.engine.peer.CalledRandom;
import dev.mixedmodels.engine.peer.CalledResiduals;
import dev.mixedmodels.engine.report.LikelihoodFigures;
import dev.mixedmodels.engine.report.ModelFitRows;
import dev.mixedmodels.engine.result.FitStatisticRow;
import java.util.List;

/** The rows of the table Model fit but for the tests. */
final class ModelFitTable {
    static final String INTRACLASS = "Intraclass Correlation ";

    private final LongitudinalSettings settings;
    private final SubjectData data;
    private final Estimate estimate;
    private final VarianceShares shares;
    private final ModelFitRows rows = new ModelFitRows();

    ModelFitTable(final LongitudinalSettings settings, final SubjectData data, final Estimate estimate,
        final VarianceShares shares) {
        this.settings = settings;
        this.data = data;
        this.estimate = estimate;
        this.shares = shares;
    }

    /**
     * @param criterion -2 log likelihood in the user's units
     * @param tests rows of the tests
     * @param search that did the work
     * @param warnings texts that the run produced
     */
    List<FitStatisticRow> of(final double criterion, final List<FitStatisticRow> tests, final CovarianceSearch search,
        final List<String> warnings) {
        model();
        likelihood(criterion);
        variances();
        rows.addAll(tests);
        diagnostics(search);
        return rows.with(warnings);
    }

    private void model() {
        rows.model("Formula", ModelText.of(settings, data, estimate));
        rows.method(settings.estimation().reml(), ModelText.degreesOfFreedom(settings, data.subject().name(),
            estimate));
        rows.calls(called());
        rows.rows(data.design(), data.held() ? ModelFitRows.kept(data.bytesOfRow())
            : ModelFitRows.notKept(data.bytesOfSubject(), data.subject().name()));
        rows.subjects(data.subject().name(), data.sizes());
    }

    private CalledModel called() {
        final LongitudinalSettings.Covariance covariance = settings.covariance();
        final CalledResiduals residuals = new CalledResiduals(VisitStructure.of(covariance.residual()),
            data.subject().name(), null, settings.layout().time(), null, covariance.varianceBy(), covariance.powerOf());
        final List<CalledRandom> random =
            data.design().random().stream().map(term -> CalledRandom.of(term, covariance.random())).toList();
        return new CalledModel(settings.formula(), CalledData.of(data.design(), List.of(), List.of()), random,
            residuals,
            settings.estimation().reml(), settings.inference().dfMethod(), settings.inference().fixedCovariance(),
            random.isEmpty() ? Grouping.of(data.subject().name()) : random.get(0).term().grouping());
    }

    private void likelihood(final double criterion) {
        final LikelihoodFigures figures =
            new LikelihoodFigures(criterion, data.p(), estimate.model().parameters(), data.size());
        rows.likelihood(figures, settings.estimation().reml() ? "Restricted." : "", figures.counted(), "n = rows used. "
            + figures.sas(settings.estimation().reml(), data.subjects(), "the number of subjects"));
    }

    private void variances() {
        final boolean intercept = estimate.model().random().names().equals(List.of("(Intercept)"));
        rows.fit("R2 Marginal", shares.marginal(), "Share of the variance that the mean accounts for (Nakagawa and "
            + "Schielzeth; with random slopes Johnson).");
        rows.fit("R2 Conditional", shares.conditional(), "Share of the mean and the random effects together.");
        rows.fit(INTRACLASS + data.subject().name(), shares.intraclass(), intercept
            ? "Correlation of two rows of a subject that random effects account for."
            : "Mean share of the random effects in the variance about the mean; with random slopes the correlation of "
            + "two rows depends on their times, see V in Covariance matrices.");
        rows.fit("Residual Std. Deviation", Math.sqrt(shares.residual()),
            estimate.model().residual().shapes() == 0 ? "" : "Root of the mean residual variance over the rows.");
    }

    private void diagnostics(final CovarianceSearch search) {
        final Optimum optimum = estimate.minimum().optimum();
        rows.outcome(optimum.converged(), "", estimate.singular(),
            Singularity.text(estimate, data.subject().name()));
        rows.search(optimum.freeGradient(),
            "Largest absolute derivative of -2 log likelihood by a free coordinate of the relative factor of D "
                + "(columns of unit mean square) and of the residual parameters.", search.iterations(),
            "Newton steps of all searches; each may take as many as \"Iterations at most\" says.", search.evaluations(),
            "");
        rows.columns(data.design().fixed());
    }
}
