package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes rows of the table of predictions of unobserved visits.
 *
 * @param subject column of the subjects
 * @param visits names of the visits
 * @param confidence of intervals, in (0, 1)
 */
record PredictionRow(String subject, List<String> visits, double confidence) implements Serializable {
    static PredictionRow of(final RepeatedData data, final double confidence) {
        return new PredictionRow(data.subject().name(), List.copyOf(data.visits()), confidence);
    }

    /**
     * @param predicted the predictions
     * @param i one of them
     * @param name of its subject
     * @param row name of the row, where neither visit nor time tells it apart
     */
    BlupRow of(final PredictedVisits predicted, final int i, final String name, final Supplier<String> row) {
        final ConditionalPrediction.Prediction p = predicted.prediction(i);
        final double time = predicted.time(i);
        final String effect = predicted.visit(i) >= 0 ? visits.get(predicted.visit(i))
            : Double.isNaN(time) ? "row " + row.get() : Words.number(time);
        return BlupRow.of(subject, name, effect, p.value(), p.errorVariance(), p.conditionalVariance(), p.variance(),
            Double.NaN, Double.NaN, Tail.normalQuantile((1 - confidence) / 2), predicted.observed(i));
    }
}
