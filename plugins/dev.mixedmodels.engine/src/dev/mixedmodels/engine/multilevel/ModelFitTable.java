package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.inference.TimeOrigins;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import dev.mixedmodels.engine.result.FitStatisticRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of figures about the fit as a whole. */
final class ModelFitTable {
    private final FittedModel fitted;
    private final List<FitStatisticRow> rows = new ArrayList<>();

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
        warnings.list().forEach(text -> table.add(Category.DIAGNOSTIC, "Warning", Double.NaN, text));
        return List.copyOf(table.rows);
    }

    private void add(final Category category, final String statistic, final double value, final String note) {
        rows.add(FitStatisticRow.of(category, statistic, value, note));
    }

    private static String text(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void model() {
        add(Category.MODEL, "Formula", Double.NaN, ModelText.of(fitted));
        add(Category.MODEL, "Method", Double.NaN, (fitted.fit().reml() ? "REML: restricted maximum likelihood"
            : "ML: maximum likelihood") + ". " + ModelText.degreesOfFreedom(fitted));
        add(Category.MODEL, "Rows Used", fitted.rows(), "");
        add(Category.MODEL, "Rows Left Out", fitted.mixed().design().rows().leftOut(),
            fitted.mixed().design().rows().message());
        rows.addAll(TimeOrigins.of(fitted.mixed().design().rows().frame()));
        for (final RandomGroup group : fitted.mixed().groups()) {
            final int[] counts = group.factor().counts(fitted.mixed().design().rows().fitted());
            java.util.Arrays.sort(counts);
            add(Category.MODEL, "Levels of " + group.name(), counts.length, counts[0] == counts[counts.length - 1]
                ? Words.count(counts[0], "row") + " in every unit."
                : text("%d to %d rows a unit.", counts[0], counts[counts.length - 1]));
        }
    }

    private void likelihood() {
        final double criterion = fitted.criterion();
        final int p = fitted.beta().length;
        final int covariances = fitted.parameters().parameters().length;
        final int k = p + covariances;
        final double n = fitted.rows();
        final String note = fitted.fit().reml() ? "Restricted." : "";
        add(Category.FIT, "Log Likelihood", -criterion / 2, note);
        add(Category.FIT, "-2 Log Likelihood", criterion, note);
        add(Category.FIT, "AIC", criterion + 2 * k, Words.count(k, "parameter") + ": "
            + Words.count(p, "fixed effect") + ", " + Words.count(covariances, "covariance parameter") + ".");
        add(Category.FIT, "AICc", n - k - 1 > 0 ? criterion + 2 * k * n / (n - k - 1) : Double.NaN, "");
        final int counted = fitted.fit().reml() ? covariances : k; // SAS leaves the coefficients out under REML
        final double units = fitted.mixed().groups().get(0).factor().size();
        add(Category.FIT, "BIC", criterion + k * Math.log(n), text("n = rows used. SAS counts %s and takes "
            + "the units of the first random term for n: AIC %.10g, BIC %.10g.", Words.count(counted, "parameter"),
            criterion + 2 * counted, criterion + counted * Math.log(units)));
    }

    private void variances(final Progress progress) {
        final VarianceParts parts = VarianceParts.of(fitted);
        add(Category.FIT, "R2 Marginal", parts.marginalR2(),
            "Share of the variance that the fixed effects account for (Nakagawa; Johnson with slopes).");
        add(Category.FIT, "R2 Conditional", parts.conditionalR2(), "Share of fixed and random effects together.");
        rows.addAll(ExplainedVariance.of(fitted, progress));
        rows.addAll(new IntraclassCorrelations(fitted).rows());
        add(Category.FIT, "Residual Std. Deviation", Math.sqrt(fitted.fit().sigma2()), "");
    }

    private void diagnostics() {
        final FixedDesign fixed = fitted.mixed().design().fixed();
        add(Category.DIAGNOSTIC, "Converged", fitted.fit().optimum().converged() ? 1 : 0,
            fitted.fit().optimum().converged() ? "" : Remarks.notConverged(fitted));
        final List<String> singular = Remarks.singular(fitted);
        add(Category.DIAGNOSTIC, "Singular", singular.isEmpty() ? 0 : 1, String.join(" ", singular));
        add(Category.DIAGNOSTIC, "Gradient", fitted.fit().optimum().freeGradient(), "Largest absolute derivative of -2 "
            + "log likelihood in the relative covariance factor, columns of slopes scaled to unit spread.");
        add(Category.DIAGNOSTIC, "Iterations", fitted.fit().optimum().iterations(),
            "Steps of the search, and of a second one on the boundary if there was one.");
        add(Category.DIAGNOSTIC, "Evaluations", fitted.fit().optimum().evaluations(), "");
        add(Category.DIAGNOSTIC, "Condition Number", fixed.basis().conditionNumber(),
            "Of the columns of the mean, scaled to unit length; above 30 some are nearly combinations of others.");
        add(Category.DIAGNOSTIC, "Columns Left Out", fixed.allNames().size() - fixed.columns(),
            String.join("; ", fixed.redundancies()));
    }
}
