package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;

/** The table of predictions of every unobserved visit of every subject. */
record Predictions(RepeatedData data, PredictedVisits predicted, double confidence) implements Iterable<BlupRow> {

    /** What the rows without a response are called, where neither visits nor times tell them apart. */
    private Map<Integer, String> names() {
        final Map<Integer, String> names = new HashMap<>();
        final int[] all = IntStream.of(predicted.order())
            .filter(i -> predicted.visit(i) < 0 && Double.isNaN(predicted.time(i))).map(predicted::row).toArray();
        final String[] ids = data.source().rowNames().of(all);
        IntStream.range(0, all.length).forEach(i -> names.put(all[i], ids[i]));
        return names;
    }

    @Override
    public Iterator<BlupRow> iterator() {
        final Map<Integer, String> names = names();
        final double quantile = Tail.normalQuantile((1 - confidence) / 2);
        return IntStream.of(predicted.order()).mapToObj(i -> {
            final ConditionalPrediction.Prediction p = predicted.prediction(i);
            final int subject = predicted.subject(i);
            return BlupRow.of(data.subject().name(), subject < 0 ? predicted.unknown(i) : data.subject().level(subject),
                name(i, names), p.value(), p.errorVariance(), p.conditionalVariance(), p.variance(), Double.NaN, Double.NaN,
                quantile, subject < 0 ? 0 : data.counts()[subject]);
        }).iterator();
    }

    /** The visit, else the time, else the row. */
    private String name(final int i, final Map<Integer, String> names) {
        if (predicted.visit(i) >= 0) {
            return data.visits().get(predicted.visit(i));
        }
        final double time = predicted.time(i);
        return Double.isNaN(time) ? "row " + names.get(predicted.row(i)) : Words.number(time);
    }
}
