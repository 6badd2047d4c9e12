package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Heap;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.frame.Rows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pass over a table in which the rows of each subject are brought together. It is known how many there are: when the
 * last one has come the subject is handed on and forgotten. So what is kept is the rows of subjects that have begun and
 * not ended, few in a table whose subjects come one after the other.
 *
 * @param <T> what takes the subjects
 */
final class SubjectPass<T extends SubjectTaker<T>> implements Fold<SubjectPass<T>> {
    private static final long serialVersionUID = 1L;

    private static final int CHECK_EVERY = 1024; // rows between two looks whether the user cancelled

    /**
     * How many rows subjects have.
     *
     * @param observed of each subject those with a response; null of blocks that have all rows of their subjects
     * @param missing of those subjects that have any, those without one; null where they are not wanted
     */
    record Counts(int[] observed, Map<Integer, Integer> missing) implements Serializable {
        /** Of blocks that have all rows of their subjects. */
        static Counts ofBlocks(final boolean missing) {
            return new Counts(null, missing ? Map.of() : null);
        }

        private boolean complete(final int subject, final Open open) {
            return open.observed.size() == observed[subject]
                && (missing == null || open.missing.size() == missing.getOrDefault(subject, 0));
        }
    }

    /** Rows of a subject that is not complete. */
    private record Open(List<RepeatedRow> observed, List<RepeatedRow> missing) implements Serializable {
        Open() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        int size() {
            return observed.size() + missing.size();
        }
    }

    private final transient Progress progress; // null on other machines
    private final RowReader reader;
    private final Counts counts;
    private final T taker;
    private final Map<Integer, Open> open = new LinkedHashMap<>();
    private int rows; // seen so far
    private int waiting; // of them in subjects that are not complete
    private int allowed = RowSource.BLOCK; // to wait without a look at the memory
    private int most; // that waited from one block to the next

    /**
     * @param reader reads the rows
     * @param counts how many there are
     * @param taker is given the subjects
     * @param progress asked whether the user cancelled
     */
    SubjectPass(final RowReader reader, final Counts counts, final T taker, final Progress progress) {
        this.reader = reader;
        this.counts = counts;
        this.taker = taker;
        this.progress = progress;
    }

    @Override
    public SubjectPass<T> fresh() {
        return new SubjectPass<>(reader, counts, taker.fresh(), progress);
    }

    @Override
    public void add(final Frame block) {
        final RowReader.Part part = reader.of(block);
        final List<CompleteSubject> complete = new ArrayList<>();
        taker.rows(part, rows);
        add(part, part.design().rows().fitted(), true, complete);
        if (counts.missing != null) {
            add(part, part.design().rows().predicted(), false, complete);
        }
        rows += block.rows();
        if (counts.observed == null) {
            open.forEach((subject, own) -> complete(subject, own, complete));
            open.clear();
            waiting = 0;
        }
        hand(complete);
    }

    private void add(final RowReader.Part part, final Rows some, final boolean observed,
        final List<CompleteSubject> complete) {
        for (int i = 0; i < some.size(); i++) {
            if (progress != null && i % CHECK_EVERY == 0) {
                progress.check();
            }
            final int subject = part.subject(some.row(i));
            if (subject >= 0) {
                final Open own = open.computeIfAbsent(subject, s -> new Open());
                (observed ? own.observed : own.missing).add(part.row(some.row(i), rows));
                waiting++;
                close(subject, own, complete);
            }
        }
    }

    private void close(final int subject, final Open own, final List<CompleteSubject> complete) {
        if (counts.observed != null && counts.complete(subject, own)) {
            open.remove(subject);
            waiting -= own.size();
            complete(subject, own, complete);
        }
    }

    private void complete(final int subject, final Open own, final List<CompleteSubject> complete) {
        own.observed.sort(Comparator.comparingDouble(reader.key()::place)); // stable
        complete.add(new CompleteSubject(subject, own.observed, own.missing));
    }

    @Override
    public void merge(final SubjectPass<T> later) {
        taker.merge(later.taker, rows);
        if (counts.observed == null) {
            return; // no subject goes on, and rows are counted within blocks
        }
        final List<CompleteSubject> complete = new ArrayList<>();
        later.open.forEach((subject, theirs) -> {
            final Open own = open.computeIfAbsent(subject, s -> new Open());
            after(theirs.observed, own.observed);
            after(theirs.missing, own.missing);
            waiting += theirs.size();
            close(subject, own, complete);
        });
        rows += later.rows;
        most = Math.max(most, waiting);
        requireMemory();
        hand(complete);
    }

    private void after(final List<RepeatedRow> theirs, final List<RepeatedRow> own) {
        for (final RepeatedRow row : theirs) {
            own.add(rows == 0 ? row : row.after(rows));
        }
    }

    /** In their order, so that as long as there is one block that of the rows does not matter. */
    private void hand(final List<CompleteSubject> complete) {
        complete.sort(Comparator.comparingInt(CompleteSubject::code));
        taker.subjects(complete);
    }

    /** Looks now and then whether a quarter more rows would fit than wait. */
    private void requireMemory() {
        if (waiting > allowed) {
            final double more = waiting / 4.0;
            Heap.require(more * bytesOfRow(), "The rows of a subject of \"" + reader.key().subject()
                + "\" are needed at once. After " + rows + " rows " + waiting + " of them wait for others of " + open.size()
                + " subjects, and a quarter more would take", "Sort the table by that column, so that hardly any row has to "
                    + "wait, or give the program more memory (-Xmx).");
            allowed = (int) Math.min(Integer.MAX_VALUE, waiting + more);
        }
    }

    private long bytesOfRow() {
        return RepeatedRow.bytes(reader.coordinates().gamma().length, reader.columns().size());
    }

    /** What has taken the subjects. */
    T taker() {
        return taker;
    }

    /** The largest number of rows that waited from one block to the next for others of their subjects. */
    int mostWaiting() {
        return most;
    }
}
