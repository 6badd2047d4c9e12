package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.NaturalOrder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Best linear unbiased predictions of every unobserved visit of every subject, made while the subjects come by. */
final class PredictedVisits implements SubjectTaker<PredictedVisits> {
    private static final long serialVersionUID = 1L;

    private static final int IDS = 4; // subject, visit, row of the table, observed rows of the subject
    private static final int FIGURES = 5; // value, conditional variance, error variance, variance, time
    private static final int SMALLEST = 16;

    private final RowReader reader;
    private final UnobservedVisits unobserved;
    private final Solved solved;
    private final List<String> unknown = new ArrayList<>(); // subjects without a response, of each of their rows
    private int[] ids = new int[0];
    private double[] figures = new double[0];
    private int size;

    /**
     * @param reader reads the rows
     * @param unobserved tells what is to be predicted
     * @param solved the estimates
     */
    PredictedVisits(final RowReader reader, final UnobservedVisits unobserved, final Solved solved) {
        this.reader = reader;
        this.unobserved = unobserved;
        this.solved = solved;
    }

    @Override
    public PredictedVisits fresh() {
        return new PredictedVisits(reader, unobserved, solved);
    }

    /** Rows of subjects that have no response anywhere. */
    @Override
    public void rows(final RowReader.Part part, final int before) {
        final Rows predicted = part.design().rows().predicted();
        final ConditionalPrediction prediction = new ConditionalPrediction(solved, reader.coordinates());
        for (int i = 0; i < predicted.size(); i++) {
            final int row = predicted.row(i);
            if (part.subject(row) < 0) {
                final RepeatedRow read = part.row(row, before);
                final ConditionalPrediction.Prediction found = prediction.ofUnknown(unobserved.target(read));
                if (found != null) {
                    unknown.add(text(part.design().rows().frame().column(reader.key().subject()), row));
                    add(-unknown.size(), read.visit(), read, found, 0);
                }
            }
        }
    }

    /** The subject of a row as the table has it. */
    private static String text(final Column column, final int row) {
        return column instanceof NominalColumn nominal ? nominal.text(row) : Words.number(column.value(row));
    }

    @Override
    public void subjects(final List<CompleteSubject> complete) {
        final List<List<UnobservedVisits.Visit>> visits = unobserved.of(complete);
        final ConditionalPrediction prediction = new ConditionalPrediction(solved, reader.coordinates());
        final SubjectBlock block = new SubjectBlock(reader.coordinates().gamma().length);
        for (int s = 0; s < complete.size(); s++) {
            final List<UnobservedVisits.Visit> own = visits.get(s);
            if (!own.isEmpty()) {
                complete.get(s).fill(block, reader.coordinates());
                final ConditionalPrediction.Prediction[] predictions = prediction.of(block,
                    unobserved.places(complete.get(s).observed()), own.stream().map(UnobservedVisits.Visit::target)
                    .toList());
                for (int u = 0; u < predictions.length; u++) {
                    add(complete.get(s).code(), own.get(u).target().visit(), own.get(u).row(), predictions[u],
                        complete.get(s).observed().size());
                }
            }
        }
    }

    private void add(final int subject, final int visit, final RepeatedRow row,
        final ConditionalPrediction.Prediction found, final int observed) {
        makeRoom(size + 1);
        ids[size * IDS] = subject;
        ids[size * IDS + 1] = visit;
        ids[size * IDS + 2] = row == null ? -1 : row.place();
        ids[size * IDS + 3] = observed;
        final int at = size * FIGURES;
        figures[at] = found.value();
        figures[at + 1] = found.conditionalVariance();
        figures[at + 2] = found.errorVariance();
        figures[at + 3] = found.variance();
        figures[at + 4] = row == null ? Double.NaN : row.time();
        size++;
    }

    private void makeRoom(final int wanted) {
        if (wanted * (long) IDS > ids.length) {
            final int most = Math.max(SMALLEST, Math.max(wanted, size + (size >> 1)));
            ids = Arrays.copyOf(ids, ArraySize.of(most, IDS));
            figures = Arrays.copyOf(figures, ArraySize.of(most, FIGURES));
        }
    }

    @Override
    public void merge(final PredictedVisits later, final int before) {
        makeRoom(size + later.size);
        System.arraycopy(later.ids, 0, ids, size * IDS, later.size * IDS);
        System.arraycopy(later.figures, 0, figures, size * FIGURES, later.size * FIGURES);
        for (int i = size; i < size + later.size; i++) {
            ids[i * IDS] -= ids[i * IDS] < 0 ? unknown.size() : 0;
            ids[i * IDS + 2] += ids[i * IDS + 2] < 0 ? 0 : before;
        }
        unknown.addAll(later.unknown);
        size += later.size;
    }

    /** All of them, by subject and visit; those of subjects without a response come last. */
    int[] order() {
        final IntStream known = IntStream.range(0, size).filter(i -> subject(i) >= 0)
            .mapToLong(i -> (long) subject(i) << Integer.SIZE | i).sorted().mapToInt(key -> (int) key);
        final IntStream others = IntStream.range(0, size).filter(i -> subject(i) < 0).boxed()
            .sorted(Comparator.comparing(this::unknown, NaturalOrder.INSTANCE).thenComparingInt(this::visit))
            .mapToInt(i -> i);
        return IntStream.concat(known, others).toArray();
    }

    /** The subject; -1 if it has no response anywhere. */
    int subject(final int i) {
        return Math.max(-1, ids[i * IDS]);
    }

    /** Name of a subject that has no response anywhere. */
    String unknown(final int i) {
        return unknown.get(-1 - ids[i * IDS]);
    }

    /** The visit; -1 if there is none. */
    int visit(final int i) {
        return ids[i * IDS + 1];
    }

    /** The row of the table; -1 if there is none. */
    int row(final int i) {
        return ids[i * IDS + 2];
    }

    /** Number of observed rows of the subject. */
    int observed(final int i) {
        return ids[i * IDS + 3];
    }

    double time(final int i) {
        return figures[i * FIGURES + 4];
    }

    ConditionalPrediction.Prediction prediction(final int i) {
        final int at = i * FIGURES;
        return new ConditionalPrediction.Prediction(figures[at], figures[at + 1], figures[at + 2], figures[at + 3]);
    }

    /** The predictions of rows of the table. */
    Map<Integer, Double> ofRows() {
        final Map<Integer, Double> values = new HashMap<>();
        for (int i = 0; i < size; i++) {
            if (row(i) >= 0) {
                values.put(row(i), figures[i * FIGURES]);
            }
        }
        return values;
    }
}
