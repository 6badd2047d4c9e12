package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** The table of best linear unbiased predictions: every unobserved visit of every subject; computed while it is read. */
record Predictions(RepeatedRows rows, Estimates estimates, UnobservedVisits unobserved, double confidence)
    implements Iterable<BlupRow> {

    @Override
    public Iterator<BlupRow> iterator() {
        final ConditionalPrediction prediction = new ConditionalPrediction(rows, estimates, unobserved);
        return IntStream.range(0, rows.subjects()).boxed().flatMap(s -> ofSubject(prediction, s).stream()).iterator();
    }

    private List<BlupRow> ofSubject(final ConditionalPrediction prediction, final int subject) {
        final List<UnobservedVisits.Visit> visits = unobserved.of(subject);
        if (visits.isEmpty()) {
            return List.of();
        }
        final double quantile = Tail.normalQuantile((1 - confidence) / 2);
        final ConditionalPrediction.Prediction[] predictions = prediction.of(subject, visits);
        final List<BlupRow> table = new ArrayList<>(visits.size());
        for (int u = 0; u < predictions.length; u++) {
            final ConditionalPrediction.Prediction p = predictions[u];
            final double error = Math.sqrt(p.errorVariance());
            table.add(new BlupRow(rows.subject().name(), rows.subject().level(subject), name(visits.get(u)), p.value(),
                error, Math.sqrt(p.conditionalVariance()), p.value() - quantile * error, p.value() + quantile * error,
                Double.NaN, Double.NaN, rows.index().start(subject + 1) - rows.index().start(subject),
                1 - p.conditionalVariance() / p.variance()));
        }
        return table;
    }

    /** The visit, else the time, else the row. */
    private String name(final UnobservedVisits.Visit visit) {
        if (visit.visit() >= 0) {
            return rows.visits().get(visit.visit());
        }
        return rows.hasTime() ? text(rows.time(visit.row())) : "row " + (visit.row() + 1);
    }

    static String text(final double time) {
        return time == Math.rint(time) && Math.abs(time) < 1e15 ? Long.toString((long) time) : Double.toString(time);
    }
}
