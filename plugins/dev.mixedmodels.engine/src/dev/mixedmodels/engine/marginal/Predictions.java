package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Best linear unbiased predictions of every unobserved visit of every subject; computed while they are read. */
record Predictions(RepeatedRows rows, StructureFit estimates, UnobservedVisits unobserved, double confidence)
    implements Iterable<BlupRow> {

    /** What the rows without a response are called, where neither visits nor times tell them apart. */
    private Map<Integer, String> names() {
        final Rows predicted = rows.design().rows().predicted();
        final Map<Integer, String> names = new HashMap<>();
        if (!rows.hasTime() && rows.visit() == null) {
            final int[] all = IntStream.range(0, predicted.size()).map(predicted::row).toArray();
            final String[] ids = rows.design().rows().frame().rowNames().of(all);
            IntStream.range(0, all.length).forEach(i -> names.put(all[i], ids[i]));
        }
        return names;
    }

    @Override
    public Iterator<BlupRow> iterator() {
        final ConditionalPrediction prediction = new ConditionalPrediction(rows, Solved.of(estimates), unobserved);
        final Map<Integer, String> names = names();
        final Stream<BlupRow> known = IntStream.range(0, rows.subjects()).boxed()
            .flatMap(s -> ofSubject(prediction, s, names).stream());
        final Stream<BlupRow> unknown = unobserved.ofUnknownSubjects().stream().flatMap(visit -> Stream
            .ofNullable(prediction.ofUnknown(visit)).map(p -> row(text(visit.row()), name(visit, names), p, 0)));
        return Stream.concat(known, unknown).iterator();
    }

    /** The subject of a row as the table has it. */
    private String text(final int row) {
        final Column column = rows.design().rows().frame().column(rows.subject().name());
        return column instanceof NominalColumn nominal ? nominal.text(row) : Words.number(column.value(row));
    }

    private List<BlupRow> ofSubject(final ConditionalPrediction prediction, final int subject,
        final Map<Integer, String> names) {
        final List<UnobservedVisits.Visit> visits = unobserved.of(subject);
        if (visits.isEmpty()) {
            return List.of();
        }
        final ConditionalPrediction.Prediction[] predictions = prediction.of(subject, visits);
        final List<BlupRow> table = new ArrayList<>(visits.size());
        for (int u = 0; u < predictions.length; u++) {
            table.add(row(rows.subject().level(subject), name(visits.get(u), names), predictions[u],
                rows.index().start(subject + 1) - rows.index().start(subject)));
        }
        return table;
    }

    private BlupRow row(final String subject, final String visit, final ConditionalPrediction.Prediction p,
        final int observed) {
        return BlupRow.of(rows.subject().name(), subject, visit, p.value(), p.errorVariance(), p.conditionalVariance(),
            p.variance(), Double.NaN, Double.NaN, Tail.normalQuantile((1 - confidence) / 2), observed);
    }

    /** The visit, else the time, else the row. */
    private String name(final UnobservedVisits.Visit visit, final Map<Integer, String> names) {
        if (visit.visit() >= 0) {
            return rows.visits().get(visit.visit());
        }
        return rows.hasTime() ? Words.number(rows.time(visit.row())) : "row " + names.get(visit.row());
    }
}
