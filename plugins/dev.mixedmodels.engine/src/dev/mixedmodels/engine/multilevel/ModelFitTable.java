package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.model.StoredCentering;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.peer.CalledData;
import dev.mixedmodels.engine.peer.CalledModel;
import dev.mixedmodels.engine.peer.CalledRandom;
import dev.mixedmodels.engine.peer.CalledResiduals;
import dev.mixedmodels.engine.report.LikelihoodFigures;
import dev.mixedmodels.engine.report.ModelFitRows;
import dev.mixedmodels.engine.result.FitStatisticRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The table of figures about the fit as a whole. */
final class ModelFitTable {
    private final FittedModel fitted;
    private final ModelSpecification.Resolved resolved;
    private final ModelFitRows rows = new ModelFitRows();

    private ModelFitTable(final FittedModel fitted, final ModelSpecification.Resolved resolved) {
        this.fitted = fitted;
        this.resolved = resolved;
    }

    static List<FitStatisticRow> of(final FittedModel fitted, final ModelSpecification.Resolved resolved,
        final List<FitStatisticRow> tests, final Progress progress, final Warnings warnings) {
        final ModelFitTable table = new ModelFitTable(fitted, resolved);
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
        rows.calls(called());
        rows.rows(fitted.mixed().design(), fitted.memory());
        for (int k = 0; k < fitted.mixed().groups().size(); k++) {
            final int[] counts = fitted.fit().model().counts(k).clone();
            Arrays.sort(counts);
            rows.model("Levels of " + fitted.mixed().groups().get(k).name(), counts.length,
                counts[0] == counts[counts.length - 1] ? Words.count(counts[0], "row") + " in every unit."
                : counts[0] + " to " + counts[counts.length - 1] + " rows a unit.");
        }
    }

    private CalledModel called() {
        final ModelDesign design = fitted.mixed().design();
        final InferenceSettings settings = fitted.settings().inference();
        final List<CalledRandom> random = fitted.mixed().groups().stream().flatMap(group -> group.parts().stream())
            .map(part -> CalledRandom.of(part, resolved.structure().apply(part.term()))).toList();
        return new CalledModel(design.formula(), CalledData.of(design, List.of(), centred()), random,
            CalledResiduals.INDEPENDENT, fitted.settings().estimation().reml(), settings.dfMethod(),
            settings.fixedCovariance(),
            settings.fixedCovariance().sandwich() ? fitted.mixed().groups()
            .get(LevelTree.outermost(fitted.mixed(), fitted.fit().model())).parts()
                .get(0).term().grouping() : null);
    }

    private List<CalledData.Centred> centred() {
        final List<CalledData.Centred> all = new ArrayList<>();
        for (final StoredCentering made : resolved.derived().centred()) {
            final List<String> units = made.grouping() == null ? List.of() : made.grouping().columns();
            all.add(new CalledData.Centred(made.within(), made.column(), units, false));
            if (made.between() != null) {
                all.add(new CalledData.Centred(made.between(), made.column(), units, true));
            }
        }
        return all;
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
        rows.addAll(RaterDesign.correlations(fitted, progress));
        rows.fit("Residual Std. Deviation", Math.sqrt(fitted.fit().sigma2()), "");
    }

    private void diagnostics() {
        final Optimum optimum = fitted.fit().optimum();
        final List<String> singular = Remarks.singular(fitted);
        rows.outcome(optimum.converged(), optimum.converged() ? "" : Remarks.notConverged(fitted), !singular.isEmpty(),
            String.join(" ", singular));
        rows.search(optimum.freeGradient(), "Largest absolute derivative of -2 log likelihood in the relative "
            + "covariance factor, columns of slopes scaled to unit spread.", fitted.fit().search().iterations(),
            "Newton steps of all searches; each may take as many as \"Iterations at most\" says.",
            fitted.fit().search().evaluations(), "");
        rows.columns(fitted.mixed().design().fixed());
    }
}
