package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.report.LikelihoodFigures;
import dev.mixedmodels.engine.report.ModelFitRows;
import dev.mixedmodels.engine.result.FitStatisticRow;
import java.util.Arrays;
import java.util.List;

/** The table of figures about the fit as a whole. */
final class ModelFitTable {
    private final FittedModel fitted;
    private final ModelFitRows rows = new ModelFitRows();

    private ModelFitTable(final FittedModel fitted) {
        this.fitted = fitted;
    }

    static List<FitStatisticRow> of(final FittedModel fitted, final List<FitStatisticRow> tests,
        final Progress progress, final Warnings warnings) {
        final ModelFitTable table = new ModelFitTable(fitted);
        table.model();
        table.likelihood();
        table.variances(progress);
        table.rows.addAll(tests);
        table.diagnostics();
        return table.rows.with(warnings.list());
    }

    private void model() {
        rows.model("Formula", ModelText.of(fitted));
        rows.method(fitted.fit().reml(), ModelText.degreesOfFreedom(fitted));
        rows.rows(fitted.mixed().design());
        for (final RandomGroup group : fitted.mixed().groups()) {
            final int[] counts = group.factor().counts(fitted.mixed().design().rows().fitted());
            Arrays.sort(counts);
            rows.model("Levels of " + group.name(), counts.length, counts[0] == counts[counts.length - 1]
                ? Words.count(counts[0], "row") + " in every unit."
                : counts[0] + " to " + counts[counts.length - 1] + " rows a unit.");
        }
    }

    private void likelihood() {
        final LikelihoodFigures figures = new LikelihoodFigures(fitted.criterion(), fitted.beta().length,
            fitted.parameters().parameters().length, fitted.rows());
        rows.likelihood(figures, fitted.fit().reml() ? "Restricted." : "", figures.counted(),
            "n = rows used. " + figures.sas(fitted.fit().reml(), fitted.mixed().groups().get(0).factor().size(),
                "the units of the first random term"));
    }

    private void variances(final Progress progress) {
        final VarianceParts parts = VarianceParts.of(fitted);
        rows.fit("R2 Marginal", parts.marginalR2(),
            "Share of the variance that the fixed effects account for (Nakagawa; Johnson with slopes).");
        rows.fit("R2 Conditional", parts.conditionalR2(), "Share of fixed and random effects together.");
        rows.addAll(ExplainedVariance.of(fitted, progress));
        rows.addAll(new IntraclassCorrelations(fitted).rows());
        rows.addAll(RaterDesign.correlations(fitted));
        rows.fit("Residual Std. Deviation", Math.sqrt(fitted.fit().sigma2()), "");
    }

    private void diagnostics() {
        final Optimum optimum = fitted.fit().optimum();
        final List<String> singular = Remarks.singular(fitted);
        rows.outcome(optimum.converged(), optimum.converged() ? "" : Remarks.notConverged(fitted), !singular.isEmpty(),
            String.join(" ", singular));
        rows.search(optimum.freeGradient(), "Largest absolute derivative of -2 log likelihood in the relative covariance factor, "
            + "columns of slopes scaled to unit spread.", fitted.fit().search().iterations(),
            "Newton steps of all searches; each may take as many as \"Iterations at most\" says.",
            fitted.fit().search().evaluations(), "");
        rows.columns(fitted.mixed().design().fixed());
    }
}
