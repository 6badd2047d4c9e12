package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.inference.EstimationMethod;
import dev.mixedmodels.engine.inference.TimeOrigins;
import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import dev.mixedmodels.engine.result.FitStatisticRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The rows of the table Model fit about the model, its likelihood and how the computation went. */
final class ModelFitTable {
    private final MarginalSettings settings;
    private final RepeatedRows rows;
    private final Estimates estimates;

    ModelFitTable(final MarginalSettings settings, final RepeatedRows rows, final Estimates estimates) {
        this.settings = settings;
        this.rows = rows;
        this.estimates = estimates;
    }

    private static FitStatisticRow row(final Category category, final String name, final double value,
        final String note) {
        return FitStatisticRow.of(category, name, value, note);
    }

    private static String text(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** What a negative common covariance under compound symmetry means. */
    private String negativeCovariance() {
        final int n = estimates.model().typical().dimension();
        final double[] v = new double[n * n];
        for (int g = 0; g < rows.groups() && settings.structure() == VisitStructure.COMPOUND_SYMMETRY; g++) {
            estimates.model().typical().at(estimates.model().part(estimates.theta(), g)).value(v);
            if (n > 1 && v[1] < 0) {
                return " The common covariance is negative here: rows of a subject are less alike than rows of "
                    + "different subjects, and no model with a random intercept gives this fit.";
            }
        }
        return "";
    }

    List<FitStatisticRow> model() {
        final List<FitStatisticRow> table = new ArrayList<>();
        table.add(row(Category.MODEL, "Formula", Double.NaN, settings.formula() + ". The rows of a subject of \""
            + settings.layout().subject() + "\" are normal with this mean and a covariance matrix V, different "
            + "subjects are independent: Y_i ~ N(X_i beta, V_i)."));
        table.add(row(Category.MODEL, "Method", Double.NaN, method()));
        table.add(row(Category.MODEL, "Covariance Structure", estimates.parameters(),
            settings.structure() + ", " + Words.count(estimates.theta().length, "parameter") + (rows.groups() == 1 ? ""
                : ", of which " + estimates.theta().length / rows.groups()
                    + " for each level of \"" + rows.by().name() + "\"") + (estimates.undetermined().count() == 0 ? ". "
                    : ", " + estimates.undetermined().count() + " of which the rows do not determine. ")
                + settings.structure().sentence()
                + negativeCovariance()));
        table.add(row(Category.MODEL, "Rows Used", rows.index().size(), ""));
        table.add(row(Category.MODEL, "Rows Left Out", rows.design().rows().leftOut(),
            rows.design().rows().message()));
        table.addAll(TimeOrigins.of(rows.design().rows().frame()));
        table.add(row(Category.MODEL, "Levels of " + rows.subject().name(), rows.subjects(), "Subjects."));
        final int[] counts = new int[rows.subjects()];
        Arrays.setAll(counts, s -> rows.index().start(s + 1) - rows.index().start(s));
        Arrays.sort(counts);
        table.add(row(Category.MODEL, "Visits per Subject Min", counts[0], "Rows of the subject with fewest."));
        table.add(row(Category.MODEL, "Visits per Subject Median",
            (counts[(counts.length - 1) / 2] + counts[counts.length / 2]) / 2.0, ""));
        table.add(row(Category.MODEL, "Visits per Subject Max", counts[counts.length - 1],
            "Rows of the subject with most."));
        if (settings.layout().visit() != null) {
            table.add(row(Category.MODEL, "Levels of " + settings.layout().visit(), rows.visits().size(),
                "In this order: " + String.join(", ", rows.visits()) + "."));
        }
        return table;
    }

    private String method() {
        final String criterion = settings.inference().method() == EstimationMethod.REML
            ? "REML: restricted maximum likelihood" : "ML: maximum likelihood";
        final String df = switch (settings.inference().dfMethod()) {
            case SATTERTHWAITE -> settings.inference().fixedCovariance() == MarginalSettings.FixedCovariance.MODEL
                ? "Satterthwaite, observed information"
                : "Satterthwaite for the sandwich covariance (Bell and McCaffrey; Pustejovsky and Tipton)";
            case KENWARD_ROGER -> "Kenward-Roger, observed information, second derivatives of V by its natural "
                + "parameters (variances, covariances, correlations) as SAS takes them" + (settings.structure().linear()
                    ? ", in which V is linear, so that they are 0" : "");
            case KENWARD_ROGER_LINEAR -> "Kenward-Roger without second derivatives of V, observed information";
            case BETWEEN_WITHIN -> "between and within subjects";
            case RESIDUAL -> "rows less coefficients";
            case ASYMPTOTIC -> "infinite (normal distribution)";
        };
        final String covariance = switch (settings.inference().fixedCovariance()) {
            case MODEL -> "";
            case CR0 -> " Standard errors: sandwich, CR0 (Liang and Zeger).";
            case CR2 -> " Standard errors: sandwich, CR2 (bias-reduced, Bell and McCaffrey).";
            case CR3 -> " Standard errors: sandwich, CR3 (jackknife, Mancl and DeRouen).";
        };
        return criterion + ". Degrees of freedom: " + df + "." + covariance;
    }

    /** AIC and BIC count coefficients and covariance parameters; BIC's n is the number of rows. */
    List<FitStatisticRow> fit() {
        final List<FitStatisticRow> table = new ArrayList<>();
        final double deviance = estimates.minus2LogLikelihood();
        final String note = settings.inference().method() == EstimationMethod.REML
            ? "Restricted; without log|X'X|, as lme4, nlme and SAS." : "";
        final double n = rows.index().size();
        final double k = parameters(estimates);
        table.add(row(Category.FIT, "Log Likelihood", -deviance / 2, note));
        table.add(row(Category.FIT, "-2 Log Likelihood", deviance, note));
        table.add(row(Category.FIT, "AIC", deviance + 2 * k, text("%.0f parameters: %s and %d of the covariance.",
            k, Words.count(rows.columns(), "coefficient"), estimates.parameters())));
        table.add(row(Category.FIT, "AICc", n - k - 1 > 0 ? deviance + 2 * k * n / (n - k - 1) : Double.NaN, ""));
        table.add(row(Category.FIT, "BIC", deviance + k * Math.log(n), text("n = %.0f rows. %s", n, sasBic())));
        table.addAll(new VarianceFigures(rows, estimates).table());
        return table;
    }

    private double parameters(final Estimates fitted) {
        return rows.columns() + fitted.parameters();
    }

    /** SAS's n is the number of subjects of the table, also of those without a response. */
    private String sasBic() {
        final boolean reml = settings.inference().method() == EstimationMethod.REML;
        final int without = rows.subjectsWithoutResponse();
        final int n = rows.subjects() + without;
        return text("SAS: %.10g, n = %s%s%s.", estimates.minus2LogLikelihood()
            + (estimates.parameters() + (reml ? 0 : rows.columns())) * Math.log(n), Words.count(n, "subject"),
            without == 0 ? "" : " of the table, " + without + " of them without a response",
            reml ? ", and covariance parameters only" : "");
    }

    /** Rows of a further structure that was fitted for comparison. */
    List<FitStatisticRow> comparison(final Estimates other) {
        final String name = " " + other.model().structure().name();
        final double deviance = other.minus2LogLikelihood();
        final double k = parameters(other);
        final String note = text("%s, the same mean.%s", Words.count(other.parameters(), "covariance parameter"),
            other.optimum().converged() ? "" : " Not converged.");
        return List.of(row(Category.FIT, "-2 Log Likelihood" + name, deviance, note),
            row(Category.FIT, "AIC" + name, deviance + 2 * k, note),
            row(Category.FIT, "BIC" + name, deviance + k * Math.log(rows.index().size()), note));
    }

    /** Rows of a structure that could not be fitted for comparison. */
    static List<FitStatisticRow> noComparison(final VisitStructure other, final String reason) {
        return Stream.of("-2 Log Likelihood ", "AIC ", "BIC ")
            .map(name -> row(Category.FIT, name + other.name(), Double.NaN, reason)).toList();
    }

    /** What the rows of the table are called. */
    RowNames rowNames() {
        return rows.design().rows().frame().rowNames();
    }

    List<FitStatisticRow> diagnostics(final Warnings warnings) {
        final List<FitStatisticRow> table = new ArrayList<>();
        table.add(row(Category.DIAGNOSTIC, "Converged", estimates.optimum().converged() ? 1 : 0, ""));
        table.add(row(Category.DIAGNOSTIC, "Singular", estimates.singular() ? 1 : 0,
            estimates.singular() ? MarginalModel.SINGULAR : ""));
        table.add(row(Category.DIAGNOSTIC, "Gradient", estimates.optimum().freeGradient(),
            "Largest absolute derivative of -2 log likelihood by the working parameters (log standard deviations, "
                + "transformed correlations)."));
        table.add(row(Category.DIAGNOSTIC, "Iterations", estimates.optimum().iterations(), ""));
        table.add(row(Category.DIAGNOSTIC, "Evaluations", estimates.optimum().evaluations(), ""));
        table.add(row(Category.DIAGNOSTIC, "Condition Number", conditionNumber(),
            "Of the columns of the mean, centred if there is an intercept and scaled."));
        final int leftOut = rows.design().fixed().allNames().size() - rows.columns();
        table.add(row(Category.DIAGNOSTIC, "Columns Left Out", leftOut,
            String.join("; ", rows.design().fixed().redundancies())));
        warnings.list().forEach(text -> table.add(row(Category.DIAGNOSTIC, "Warning", Double.NaN, text)));
        return table;
    }

    private double conditionNumber() {
        final int[] kept = rows.design().fixed().kept();
        final boolean intercept = rows.design().fixed().intercept();
        final int first = intercept ? 1 : 0;
        final int n = kept.length - first;
        if (n == 0) {
            return 1;
        }
        final double[][] correlation = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                correlation[i][j] = product(kept[i + first], kept[j + first], intercept)
                    / Math.sqrt(product(kept[i + first], kept[i + first], intercept)
                        * product(kept[j + first], kept[j + first], intercept));
            }
        }
        final double[] values = Matrices.eigen(correlation).values();
        return Math.sqrt(values[0] / values[n - 1]);
    }

    private double product(final int i, final int j, final boolean centred) {
        final CrossProducts products = rows.design().fixed().products();
        return centred ? products.centred(i, j) : products.product(i, j);
    }
}
