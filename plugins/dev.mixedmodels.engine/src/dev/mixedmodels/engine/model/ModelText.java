package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.Locale;

/** What a model says of itself. */
public final class ModelText {
    private static final String LINE = "\n";

    private ModelText() {
    }

    /**
     * @param model a model
     * @return one line
     */
    public static String summary(final StoredModel model) {
        return model.kind().node() + ": " + formula(model) + rows(model);
    }

    private static String formula(final StoredModel model) {
        return model.prior() != null
            ? "prior of \"" + model.prior().columns().observed() + "\", " + model.prior().settings().family()
            : model.design().formula().toString();
    }

    private static String rows(final StoredModel model) {
        return model.rows() == null ? "" : ", " + Words.count(model.rows().rows(), "row");
    }

    /**
     * @param model a model
     * @return what it holds, in lines
     */
    public static String full(final StoredModel model) {
        final StringBuilder text = new StringBuilder(summary(model)).append(LINE).append(LINE);
        model.tables().modelFit().stream()
            .filter(row -> row.statistic().equals("Formula") || row.statistic().equals("Method"))
            .forEach(row -> text.append(row.note()).append(LINE));
        text.append(LINE).append("Fixed effects (estimate, standard error)").append(LINE);
        for (final FixedEffectRow row : model.tables().fixedEffects()) {
            line(text, row.term(), row.estimate(), row.stdError());
        }
        text.append(LINE).append("Covariance parameters (estimate, standard error)").append(LINE);
        for (final CovarianceParameterRow row : model.tables().covarianceParameters()) {
            line(text, row.group() + " " + row.parameter(), row.estimate(), row.stdError());
        }
        text.append(LINE).append("Fit").append(LINE);
        for (final FitStatisticRow row : model.tables().modelFit()) {
            if (row.category() == FitStatisticRow.Category.FIT && !Double.isNaN(row.value())) {
                line(text, row.statistic(), row.value(), Double.NaN);
            }
        }
        for (final StoredUnits units : model.units()) {
            text.append(LINE).append("Predictions of ").append(String.join(", ", units.effects())).append(" for ")
                .append(Words.count(units.rows().length, "level")).append(" of ").append(units.name()).append('.');
        }
        return text.toString().strip();
    }

    private static void line(final StringBuilder text, final String name, final double estimate,
        final double stdError) {
        text.append("    ").append(name).append("  ")
            .append(Double.isNaN(estimate) ? "missing" : String.format(Locale.ROOT, "%.6g", estimate));
        if (!Double.isNaN(stdError)) {
            text.append(String.format(Locale.ROOT, "  %.6g", stdError));
        }
        text.append(LINE);
    }
}
