package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.List;

/** Charts of the fixed effects, from table 1. */
final class FixedEffectCharts {
    private static final int MOST = 60;

    private FixedEffectCharts() {
    }

    /** What ordinary least squares would claim, relative to the right standard error. */
    static Chart errors(final List<FixedEffectRow> effects) {
        final List<FixedEffectRow> known = effects.stream()
            .filter(r -> Double.isFinite(r.naiveStdError() / r.stdError())).toList();
        final List<FixedEffectRow> rows = known.stream().limit(MOST).toList();
        return Chart.of(Topic.MEANS, "errors", "bars", "Naive standard errors")
            .caption("Standard error that ordinary least squares gives as if all rows were independent, in percent of "
                + "the model's. Below 100 it claims too much certainty, above 100 too little.")
            .shown(rows.size(), known.size(), "coefficients")
            .x("Naive standard error, % of the model's", Units.PLAIN)
            .texts("level", "Term", rows, FixedEffectRow::term)
            .numbers("value", "Naive, % of the model's", Units.PLAIN, rows, r -> 100 * r.naiveStdError() / r.stdError())
            .numbers("", "Std. Error", Units.PLAIN, rows, FixedEffectRow::stdError)
            .numbers("", "Naive Std. Error", Units.PLAIN, rows, FixedEffectRow::naiveStdError)
            .numbers("", "Design Effect", Units.PLAIN, rows, FixedEffectRow::designEffect)
            .line(Line.vertical("The model's", 100)).build();
    }
}
