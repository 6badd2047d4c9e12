package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.likelihood.LocalShares;
import dev.mixedmodels.engine.model.StoredUnits;
import dev.mixedmodels.engine.model.UnitArrays;
import dev.mixedmodels.engine.result.BlupRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predictions of every subject's random effects and its own coefficients beta + b, computed while they are read. What
 * fitted values and the model need of them is collected when they are read first.
 */
final class BlupTable implements Iterable<BlupRow> {
    private final SubjectData data;
    private final Estimate estimate;
    private final SubjectPredictions predictions;
    private volatile UnitArrays collected; // of all subjects

    /**
     * @param data the subjects
     * @param estimate the parameters
     * @param predictions what the model says of them
     */
    BlupTable(final SubjectData data, final Estimate estimate, final SubjectPredictions predictions) {
        this.data = data;
        this.estimate = estimate;
        this.predictions = predictions;
    }

    /** Only where subjects are in this process. */
    @Override
    public Iterator<BlupRow> iterator() {
        if (data.random() == null) {
            return List.<BlupRow>of().iterator();
        }
        final SubjectEffects effects = effects();
        final int subjects = data.subjects();
        final UnitArrays units = collected == null ? predictions.arrays(subjects) : null;
        return IntStream.range(0, subjects).boxed().flatMap(subject -> {
            final List<BlupRow> rows = predictions.rows(effects, subject, data.subject().level(subject),
                data.count(subject), units);
            if (units != null && subject == subjects - 1) {
                collected = units;
            }
            return rows.stream();
        }).iterator();
    }

    private UnitArrays units() {
        if (collected == null) {
            collected = predictions.arrays(effects(), data.subjects());
        }
        return collected;
    }

    private SubjectEffects effects() {
        return predictions.effects(((LocalShares) estimate.criterion().shares()).reducer(estimate.eta()));
    }

    /** The BLUPs of all subjects, subject by subject; only where these are in this process. */
    double[] all() {
        return data.random() == null ? new double[0] : units().blups();
    }

    /** Some subjects. */
    private record Some(int[] numbers, UnitArrays arrays, int[] rows) implements Serializable {
        static List<Some> of(final SubjectPart part, final SubjectPredictions predictions) {
            return List.of(new Some(part.numbers().toArray(), predictions.arrays(part),
                IntStream.range(0, part.subjects()).map(part::count).toArray()));
        }
    }

    /** All that is known of the subjects, whose effects have that structure; null if there are no random effects. */
    StoredUnits stored(final RandomStructure structure) {
        if (data.random() == null) {
            return null;
        }
        final int terms = data.design().random().size();
        final int[] rows = new int[data.subjects()];
        UnitArrays units;
        if (estimate.criterion().shares() instanceof LocalShares) {
            units = units();
            for (int subject = 0; subject < rows.length; subject++) {
                rows[subject] = data.count(subject);
            }
        } else {
            units = new UnitArrays(rows.length, data.q(), data.p());
            final SubjectPredictions model = predictions;
            for (final Some some : data.parts().reduce(part -> Some.of(part, model), (one, later) -> {
                final List<Some> both = new ArrayList<>(one);
                both.addAll(later);
                return both;
            }, Progress.NONE)) {
                for (int i = 0; i < some.numbers.length; i++) {
                    units.put(some.numbers[i], some.arrays, i);
                    rows[some.numbers[i]] = some.rows[i];
                }
            }
        }
        return units.build(data.subject().name(), IntStream.range(0, terms).toArray(),
            Collections.nCopies(terms, structure), data.random().names(), estimate.d(), rows);
    }
}
