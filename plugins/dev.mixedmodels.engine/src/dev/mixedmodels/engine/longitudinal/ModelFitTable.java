package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.inference.TimeOrigins;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The rows of the table Model fit but for the tests. */
final class ModelFitTable {
    private final LongitudinalSettings settings;
    private final SubjectData data;
    private final Estimate estimate;
    private final VarianceShares shares;
    private final List<FitStatisticRow> rows = new ArrayList<>();

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
     * @param estimator that did the work
     * @param warnings texts that the run produced
     */
    List<FitStatisticRow> of(final double criterion, final List<FitStatisticRow> tests, final Estimator estimator,
        final List<String> warnings) {
        model();
        likelihood(criterion);
        variances();
        rows.addAll(tests);
        diagnostics(estimator);
        for (final String warning : warnings) {
            add(Category.DIAGNOSTIC, "Warning", Double.NaN, warning);
        }
        return List.copyOf(rows);
    }

    private void add(final Category category, final String statistic, final double value, final String note) {
        rows.add(FitStatisticRow.of(category, statistic, value, note));
    }

    private static String text(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void model() {
        add(Category.MODEL, "Formula", Double.NaN, ModelText.of(settings, data, estimate));
        add(Category.MODEL, "Method", Double.NaN, (settings.reml() ? "REML: restricted maximum likelihood"
            : "ML: maximum likelihood") + ". " + ModelText.degreesOfFreedom(settings, estimate));
        add(Category.MODEL, "Rows Used", data.size(), "");
        add(Category.MODEL, "Rows Left Out", data.design().rows().leftOut(), data.design().rows().message());
        rows.addAll(TimeOrigins.of(data.design().rows().frame()));
        add(Category.MODEL, "Levels of " + data.subject().name(), data.subjects(), "Subjects.");
        final int[] counts = new int[data.subjects()];
        Arrays.setAll(counts, i -> data.starts()[i + 1] - data.starts()[i]);
        Arrays.sort(counts);
        final int middle = counts.length / 2;
        add(Category.MODEL, "Visits per Subject Min", counts[0], "Rows of the subject with fewest.");
        add(Category.MODEL, "Visits per Subject Median",
            counts.length % 2 == 1 ? counts[middle] : (counts[middle - 1] + counts[middle]) / 2.0, "");
        add(Category.MODEL, "Visits per Subject Max", counts[counts.length - 1], "Rows of the subject with most.");
    }

    private void likelihood(final double criterion) {
        final int p = data.fixedEffects();
        final int covariances = estimate.model().parameters();
        final int k = p + covariances;
        final double n = data.size();
        final String note = settings.reml() ? "Restricted." : "";
        add(Category.FIT, "Log Likelihood", -criterion / 2, note);
        add(Category.FIT, "-2 Log Likelihood", criterion, note);
        add(Category.FIT, "AIC", criterion + 2 * k, Words.count(k, "parameter") + ": "
            + Words.count(p, "fixed effect") + ", " + Words.count(covariances, "covariance parameter") + ".");
        add(Category.FIT, "AICc", n - k - 1 > 0 ? criterion + 2 * k * n / (n - k - 1) : Double.NaN, "");
        final int counted = settings.reml() ? covariances : k; // SAS leaves the coefficients out under REML
        add(Category.FIT, "BIC", criterion + k * Math.log(n), text("n = rows used. SAS counts %s and takes the "
            + "number of subjects for n: AIC %.10g, BIC %.10g.", Words.count(counted, "parameter"),
            criterion + 2 * counted, criterion + counted * Math.log(data.subjects())));
    }

    private void variances() {
        final boolean intercept = estimate.model().random().names().equals(List.of("(Intercept)"));
        add(Category.FIT, "R2 Marginal", shares.marginal(), "Share of the variance that the mean accounts for (Nakagawa and "
            + "Schielzeth; with random slopes Johnson).");
        add(Category.FIT, "R2 Conditional", shares.conditional(), "Share of the mean and the random effects together.");
        add(Category.FIT, "Intraclass Correlation " + data.subject().name(), shares.intraclass(), intercept
            ? "Correlation of two rows of a subject that random effects account for."
            : "Mean share of the random effects in the variance about the mean; with random slopes the correlation of two "
                + "rows depends on their times, see V in Covariance matrices.");
        add(Category.FIT, "Residual Std. Deviation", Math.sqrt(shares.residual()),
            estimate.model().residual().shapes() == 0 ? "" : "Root of the mean residual variance over the rows.");
    }

    private void diagnostics(final Estimator estimator) {
        final Optimum optimum = estimate.minimum().at().optimum();
        final String singular = Singularity.text(estimate, data.subject().name());
        add(Category.DIAGNOSTIC, "Converged", optimum.converged() ? 1 : 0, "");
        add(Category.DIAGNOSTIC, "Singular", estimate.singular() ? 1 : 0, singular);
        add(Category.DIAGNOSTIC, "Gradient", optimum.freeGradient(),
            "Largest absolute derivative of -2 log likelihood by a free coordinate of the relative factor of D (columns of "
                + "unit mean square) and of the residual parameters.");
        add(Category.DIAGNOSTIC, "Iterations", estimator.iterations(), "Newton steps with exact second derivatives.");
        add(Category.DIAGNOSTIC, "Evaluations", estimator.evaluations(), "");
        add(Category.DIAGNOSTIC, "Condition Number", data.design().fixed().basis().conditionNumber(),
            "Of the columns of the mean at unit length; above 30 some are nearly combinations of others. The computation "
                + "works on orthonormal columns and loses no digits to it.");
        final FixedDesign fixed = data.design().fixed();
        add(Category.DIAGNOSTIC, "Columns Left Out", fixed.allNames().size() - fixed.columns(),
            String.join("; ", fixed.redundancies()));
    }
}
