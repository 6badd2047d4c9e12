package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Charts of the fixed effects, from table 1. */
final class FixedEffectCharts {
    private static final int MOST = 60;

    private static final String WITHIN = ".within.";
    private static final String BETWEEN = ".between.";

    private FixedEffectCharts() {
    }

    /** The slopes of covariates that were split into a part within units and one between them; none without such. */
    static List<Chart> withinAndBetween(final List<FixedEffectRow> effects) {
        final Set<String> terms = effects.stream().map(FixedEffectRow::term).collect(Collectors.toSet());
        final List<FixedEffectRow> rows = effects.stream()
            .filter(r -> r.term().contains(WITHIN) && terms.contains(r.term().replace(WITHIN, BETWEEN))
                || r.term().contains(BETWEEN) && terms.contains(r.term().replace(BETWEEN, WITHIN))).toList();
        return rows.isEmpty() ? List.of() : List.of(
            Chart.of(Topic.MEANS, "within and between", "caterpillar", "Slopes within and between units")
                .caption("Slopes of the covariates within units and between the means of units, with confidence "
                    + "intervals. Where they differ, the composition of units matters, not only the row's own value.")
                .x("Slope", Units.DIFFERENCE)
                .texts("level", "Term", rows, FixedEffectRow::term)
                .numbers("estimate", "Estimate", Units.DIFFERENCE, rows, FixedEffectRow::estimate)
                .numbers("lower", "Lower Bound", Units.DIFFERENCE, rows, FixedEffectRow::lower)
                .numbers("upper", "Upper Bound", Units.DIFFERENCE, rows, FixedEffectRow::upper)
                .line(Line.vertical("0", 0)).build());
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
