package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.frame.FoundLevels;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.numeric.CrossProducts;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the fit needs of the subjects, gathered while they come by; refuses rows that do not fit together. */
final class VisitSums implements SubjectTaker<VisitSums> {
    private static final long serialVersionUID = 1L;

    private final RowReader reader;
    private final List<String> visits;
    private final int shownSubject;
    private final boolean counted;
    private final PatternSums patterns;
    private final ColumnKinds kinds;
    private final WithinSums within; // null where it is not needed
    private final BetweenCells cells; // null where it is not needed
    private final CrossProducts plain; // of W without weights; null where it is not needed
    private final Map<Integer, Integer> missing = new HashMap<>();
    private final FoundLevels unknown;
    private transient SubjectBlock block;
    private CompleteSubject shown;
    private boolean ordered = true;

    /**
     * @param reader reads the rows
     * @param visits names of the visits
     * @param shownSubject the subject whose covariance matrix is shown
     * @param counted whether it is wanted how many rows without a response each subject has, or only if there are any
     * @param patterns takes the rows
     * @param kinds takes the columns that are read
     * @param within takes what varies within subjects; null for nobody
     * @param cells takes what the classical analysis needs; null for nobody
     */
    VisitSums(final RowReader reader, final List<String> visits, final int shownSubject,
        final boolean counted, final PatternSums patterns, final ColumnKinds kinds, final WithinSums within,
        final BetweenCells cells) {
        this.reader = reader;
        this.visits = visits;
        this.shownSubject = shownSubject;
        this.counted = counted;
        this.patterns = patterns;
        this.kinds = kinds;
        this.within = within;
        this.cells = cells;
        final boolean orthogonal =
            reader.binder().stored().formula().fixed().intercept() && reader.binder().stored().weights() == null;
        plain = orthogonal ? null : new CrossProducts(new double[reader.coordinates().gamma().length]);
        unknown = new FoundLevels(reader.key().subject());
    }

    @Override
    public VisitSums fresh() {
        return new VisitSums(reader, visits, shownSubject, counted, patterns.fresh(), kinds.fresh(),
            within == null ? null : within.fresh(), cells == null ? null : cells.fresh());
    }

    @Override
    public void rows(final RowReader.Part part, final int before) {
        final Rows predicted = part.design().rows().predicted();
        final BitSet without = new BitSet();
        for (int i = 0; i < predicted.size(); i++) {
            final int subject = part.subject(predicted.row(i));
            missing.merge(counted ? subject : -1, 1, Integer::sum);
            without.set(predicted.row(i), subject < 0);
        }
        if (!without.isEmpty()) {
            unknown.add(part.design().rows().frame().column(unknown.name()),
                Rows.of(part.design().rows().frame().rows(), without));
        }
    }

    @Override
    public void subjects(final List<CompleteSubject> complete) {
        final int p = reader.coordinates().gamma().length;
        if (block == null) {
            block = new SubjectBlock(p);
        }
        for (final CompleteSubject subject : complete) {
            check(subject);
            subject.fill(block, reader.coordinates());
            patterns.add(block, i -> subject.observed().get(i).root());
            kinds.add(subject);
            if (within != null) {
                within.add(subject);
            }
            if (cells != null) {
                cells.add(subject, block, p);
            }
            if (plain != null) {
                for (final RepeatedRow row : subject.observed()) {
                    plain.add(reader.coordinates().working(row));
                }
            }
            if (subject.code() == shownSubject) {
                shown = subject;
            }
        }
    }

    /** Whether the rows of a subject fit together; and whether they came in their order. */
    private void check(final CompleteSubject subject) {
        final RowKey key = reader.key();
        for (int i = 1; i < subject.observed().size(); i++) {
            final RepeatedRow row = subject.observed().get(i);
            final RepeatedRow before = subject.observed().get(i - 1);
            ordered &= row.place() > before.place();
            if (key.visit() != null && row.visit() == before.visit()) {
                throw LayoutCheck.twoRows(name(subject.code()), visits.get(row.visit()), before.place(),
                    row.place());
            }
            if (row.group() != before.group()) {
                throw LayoutCheck.twoGroups(name(subject.code()), key.by(), level(key.by(), before.group()),
                    level(key.by(), row.group()));
            }
        }
    }

    private String level(final String column, final int code) {
        return reader.binder().stored().factor(column).levels().get(code);
    }

    /** Its name, or its number where names are elsewhere. */
    private Object name(final int subject) {
        return counted ? level(reader.key().subject(), subject) : new ModelException.Level(subject);
    }

    @Override
    public void merge(final VisitSums later, final int before) {
        patterns.merge(later.patterns);
        kinds.merge(later.kinds);
        if (within != null) {
            within.merge(later.within);
        }
        if (cells != null) {
            cells.merge(later.cells);
        }
        if (plain != null) {
            plain.merge(later.plain);
        }
        later.missing.forEach((subject, rows) -> missing.merge(subject, rows, Integer::sum));
        unknown.merge(later.unknown);
        shown = later.shown == null ? shown : later.shown;
        ordered &= later.ordered;
    }

    PatternSums patterns() {
        return patterns;
    }

    ColumnKinds kinds() {
        return kinds;
    }

    WithinSums within() {
        return within;
    }

    BetweenCells cells() {
        return cells;
    }

    CrossProducts plain() {
        return plain;
    }

    /** The subject whose covariance matrix is shown. */
    CompleteSubject shown() {
        return shown;
    }

    /**
     * Of subjects with rows without a response how many they have; -1 stands for all who have no response anywhere, or
     * for all if they are not counted.
     */
    Map<Integer, Integer> missing() {
        return missing;
    }

    /** Number of subjects that have no response anywhere. */
    int unknown() {
        return unknown.size();
    }

    /** Whether the rows of every subject came in order of visit, time or table. */
    boolean ordered() {
        return ordered;
    }
}
