package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.peer.CalledData;
import dev.mixedmodels.engine.peer.CalledModel;
import dev.mixedmodels.engine.peer.CalledResiduals;
import dev.mixedmodels.engine.report.LikelihoodFigures;
import dev.mixedmodels.engine.report.ModelFitRows;
import dev.mixedmodels.engine.result.FitStatisticRow;
import java.util.List;

/** The rows of the table Model fit about the model, its likelihood and how the computation went. */
final class ModelFitTable {
    private final MarginalSettings settings;
    private final RepeatedData data;
    private final StructureFit estimates;
    private final ModelFitRows table = new ModelFitRows();

    ModelFitTable(final MarginalSettings settings, final RepeatedData data, final StructureFit estimates) {
        this.settings = settings;
        this.data = data;
        this.estimates = estimates;
        model();
        likelihood();
        new VarianceFigures(data, estimates).write(table);
    }

    /** What a negative common covariance under compound symmetry means. */
    private String negativeCovariance() {
        for (int g = 0; g < data.groups() && settings.structure().classical(); g++) {
            final double[] v = estimates.model().typical(estimates.model().part(estimates.theta(), g));
            if (v.length > 1 && v[1] < 0) {
                return " The common covariance is negative here: rows of a subject are less alike than rows of "
                    + "different subjects, and no model with a random intercept gives this fit.";
            }
        }
        return "";
    }

    private void model() {
        table.model("Formula", settings.formula() + ". The rows of a subject of \"" + settings.layout().subject()
            + "\" are normal with this mean and a covariance matrix V, different subjects are independent: "
            + "Y_i ~ N(X_i beta, V_i)" + (data.design().weights().equal()
            ? "." : ", or W_i^-1/2 V_i W_i^-1/2 with the weights "
                + "of its rows in W_i."));
        table.method(settings.estimation().reml(), errors());
        table.calls(called());
        table.model("Covariance Structure", estimates.parameters(),
            settings.structure() + ", " + Words.count(estimates.theta().length, "parameter") + (data.groups() == 1 ? ""
                : ", of which " + estimates.theta().length / data.groups()
                    + " for each level of \"" + data.by().name() + "\"") + (estimates.undetermined().count() == 0 ? ". "
                    : ", " + estimates.undetermined().count() + " of which the rows do not determine. ")
                + settings.structure().sentence() + negativeCovariance());
        table.rows(data.design(), data.memory());
        table.subjects(data.subject().name(), data.sizes().sizes());
        if (settings.layout().visit() != null) {
            table.model("Levels of " + settings.layout().visit(), data.visits().size(),
                "In this order: " + String.join(", ", data.visits()) + ".");
        }
    }

    private CalledModel called() {
        final MarginalSettings.Layout layout = settings.layout();
        return new CalledModel(settings.formula(),
            CalledData.of(data.design(), layout.visit() == null || settings.structure().overPlaces() != null
            ? List.of() : List.of(layout.visit()),
                List.of()), List.of(), new CalledResiduals(settings.structure(),
                    WholeTable.is(layout.subject()) ? null : layout.subject(), layout.visit(), layout.time(),
                    layout.coordinates(), layout.structureBy(), null, null), settings.estimation().reml(),
                    settings.inference().dfMethod(),
            settings.inference().fixedCovariance(), Grouping.of(layout.subject()));
    }

    private String errors() {
        return settings.inference().words(method -> switch (method) {
            case SATTERTHWAITE -> "Satterthwaite, observed information";
            case KENWARD_ROGER -> "Kenward-Roger, observed information, second derivatives of V by its natural "
                + "parameters (variances, covariances, correlations) as SAS takes them" + (settings.structure().linear()
                    ? ", in which V is linear, so that they are 0" : "");
            case KENWARD_ROGER_LINEAR -> "Kenward-Roger without second derivatives of V, observed information";
            case RESIDUAL -> "rows less coefficients";
            default -> throw method.unknown();
        }, data.subject().name());
    }

    private void likelihood() {
        final boolean reml = settings.estimation().reml();
        final LikelihoodFigures figures = figures(estimates);
        // SAS's n is the number of subjects of the table, also of those without a response
        final int without = data.sums().unknown();
        final int subjects = data.subjects() + without;
        table.likelihood(figures, reml ? "Restricted; without log|X'X|, as lme4, nlme and SAS." : "", figures.counted(),
            "n = rows used. " + figures.sas(reml, subjects, "the number of subjects" + (without == 0 ? "" : " ("
                + subjects + " in the table, " + without + " of them without a response)")));
    }

    private LikelihoodFigures figures(final StructureFit fitted) {
        return new LikelihoodFigures(fitted.minus2LogLikelihood(), data.columns(), fitted.parameters(),
            data.size());
    }

    /** Adds a further structure that was fitted for comparison. */
    void comparison(final StructureFit other) {
        final LikelihoodFigures figures = figures(other);
        comparison(other.model().structure(), figures.deviance(), figures.aic(), figures.bic(),
            Words.count(other.parameters(), "covariance parameter") + ", the same mean."
                + (other.optimum().converged() ? "" : " Not converged."));
    }

    /** Adds a structure that could not be fitted for comparison. */
    void noComparison(final VisitStructure other, final String reason) {
        comparison(other, Double.NaN, Double.NaN, Double.NaN, reason);
    }

    private void comparison(final VisitStructure other, final double deviance, final double aic, final double bic,
        final String note) {
        table.fit("-2 Log Likelihood " + other, deviance, note);
        table.fit("AIC " + other, aic, note);
        table.fit("BIC " + other, bic, note);
    }

    /** Adds tests of any kind. */
    void tests(final List<FitStatisticRow> tests) {
        table.addAll(tests);
    }

    /** What the rows of the table are called. */
    RowNames rowNames() {
        return data.source().rowNames();
    }

    /** Adds how the computation went; the whole table. */
    List<FitStatisticRow> with(final Warnings warnings) {
        table.outcome(estimates.optimum().converged(), "", estimates.singular(),
            estimates.singular() ? MarginalModel.SINGULAR : "");
        table.search(estimates.optimum(), "Largest absolute derivative of -2 log likelihood by the working parameters "
            + "(log standard deviations, transformed correlations).", "");
        table.columns(data.design().fixed());
        return table.with(warnings.list());
    }
}
