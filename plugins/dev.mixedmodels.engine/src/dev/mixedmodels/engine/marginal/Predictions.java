package dev.mixedmodels.engine.marginal;

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
        final PredictionRow rows = PredictionRow.of(data, confidence);
        return IntStream.of(predicted.order()).mapToObj(i -> rows.of(predicted, i,
            predicted.subject(i) < 0 ? predicted.unknown(i) : data.subject().level(predicted.subject(i)),
            () -> names.get(predicted.row(i)))).iterator();
    }
}
