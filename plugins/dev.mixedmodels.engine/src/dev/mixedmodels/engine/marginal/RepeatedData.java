package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Heap;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.report.ModelFitRows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the model needs to know of the rows: sums over subjects, gathered in one pass over the table. The rows
 * themselves are read when something needs them ({@link #rows}), and kept from then on.
 */
final class RepeatedData {
    /** Of a subject: its name and what finds it, its number of rows, and that again while fitted values are told. */
    private static final int BYTES_OF_SUBJECT = 40;

    private final RowSource source;
    private final MarginalSettings settings;
    private final ModelDesign design;
    private final RowReader reader;
    private final int[] counts; // null of blocks that have all rows of their subjects
    private final SubjectSizes sizes;
    private final List<String> visits;
    private final Factor by;
    private final VisitSums sums;
    private final PatternSums patterns;
    private final int mostWaiting;
    private final Progress progress;
    private RepeatedRows rows;

    /**
     * Reads the table once.
     *
     * @param source the table
     * @param design the model, found in it
     * @param settings of the model
     * @param progress of the pass
     */
    RepeatedData(final RowSource source, final ModelDesign design, final MarginalSettings settings,
        final Progress progress) {
        this.source = source;
        this.settings = settings;
        this.design = design;
        this.progress = progress.quiet();
        final MarginalSettings.Layout layout = settings.layout();
        final RowKey key = RowKey.of(settings, design);
        reader = new RowReader(design.binder(), key, RowCoordinates.of(design.fixed()), read());
        counts = source.inBlocks(layout.subject()) ? null : design.rowsOfLevels(layout.subject());
        if (counts != null && design.figures().rows() > Integer.MAX_VALUE) {
            throw new ModelException("There are " + design.figures().rows() + " rows, more than the 2^31 - 1 that one "
                + "machine takes. Fit a sample, or fit the model on Apache Spark.");
        }
        sizes = counts != null ? SubjectSizes.of(counts)
            : source.fold(new SubjectSizes(reader), progress.sub(0, 0.5));
        by = layout.structureBy() == null ? null : design.factor(layout.structureBy());
        visits = key.visit() != null ? key.visits(design)
            : IntStream.rangeClosed(1, sizes.sizes().most()).mapToObj(Integer::toString).toList();
        final PatternSums wanted = new PatternSums(unit(), columns(), groups(), visits.size(), design.figures().rows());
        final VisitSums question = new VisitSums(reader, visits, shown(), counts != null, wanted,
            new ColumnKinds(reader.columns().size(), visits.size()),
            settings.inference().dfMethod() == DfMethod.BETWEEN_WITHIN ? new WithinSums(reader.coordinates()) : null,
            ClassicalDesign.formObstacle(this).isEmpty() ? new BetweenCells(ClassicalDesign.factors(this),
            visits.size())
                : null);
        final SubjectPass<VisitSums> pass = source.fold(
            new SubjectPass<>(reader, new SubjectPass.Counts(counts, null), question, this.progress),
            counts != null ? progress : progress.sub(0.5, 1));
        sums = pass.taker();
        patterns = sums.patterns();
        mostWaiting = pass.mostWaiting();
    }

    private RepeatedData(final RepeatedData all, final RepeatedRows rows) {
        source = all.source;
        settings = all.settings;
        design = all.design;
        reader = all.reader;
        counts = all.counts;
        sizes = all.sizes;
        visits = all.visits;
        by = all.by;
        sums = all.sums;
        mostWaiting = all.mostWaiting;
        progress = all.progress;
        this.rows = rows;
        patterns = rows.sums(unit(), groups(), visits.size());
    }

    /** For its likelihood, the data of all other subjects, in the same coordinates. */
    RepeatedData without(final int subject) {
        return new RepeatedData(this, rows().without(subject));
    }

    /** The columns that tell what is known of a visit without a row. */
    private List<String> read() {
        final Set<String> columns = new LinkedHashSet<>(settings.formula().fixed().columns());
        settings.formula().offsets().forEach(offset -> columns.addAll(offset.columns()));
        columns.addAll(settings.layout().places(settings.structure()));
        return List.copyOf(columns);
    }

    /** The largest unit within which rows are correlated in one of the structures over visits. */
    private PatternSums.Unit unit() {
        if (visits.size() > MarginalSettings.MOST_VISITS) {
            return PatternSums.Unit.ROW;
        }
        return Stream.concat(Stream.of(settings.structure()), settings.compareStructures().stream())
            .map(PatternSums.Unit::of).min(PatternSums.Unit::compareTo).orElseThrow();
    }

    /** Goes over the table again, subject by subject; rows without a response are among them if they are wanted. */
    <T extends SubjectTaker<T>> T pass(final T taker, final boolean missing, final Progress pass) {
        return source.fold(new SubjectPass<>(reader, new SubjectPass.Counts(counts, missing ? sums.missing() : null),
            taker, progress), pass).taker();
    }

    /** The subject whose covariance matrix is shown; else the first one with the largest number of rows. */
    private int shown() {
        final String name = settings.tables().shown();
        return name != null ? subject().levels().indexOf(name) : sizes.firstOfMost();
    }

    /**
     * The rows.
     *
     * @throws ModelException if they do not fit into memory
     */
    synchronized RepeatedRows rows() {
        if (rows == null) {
            if (!(source instanceof Frame)) {
                Heap.require((double) size() * ModelFitRows.bytesOfRow(design), "The model needs all " + size()
                    + " rows at once, which take", "Structures over visits need no rows, but for sandwich standard "
                    + "errors and the influence of subjects. Choose so, or give the program more memory (-Xmx), or use "
                    + "fewer rows.");
            }
            final Frame frame = source.frame(progress);
            rows = RepeatedRows.of(source instanceof Frame ? design : binder().bind(reader.key().in(frame)),
                settings.layout(), visits, reader.coordinates());
        }
        return rows;
    }

    /** Whether rows were kept, since something needed them. */
    boolean held() {
        return rows != null;
    }

    /** What of the rows is kept in memory, in sentences. */
    String memory() {
        if (held()) {
            return ModelFitRows.kept(design);
        }
        return ModelFitRows.notKept(BYTES_OF_SUBJECT, subject().name()) + (mostWaiting == 0 ? ""
            : " Rows wait for others of their \"" + subject().name() + "\": at most " + mostWaiting + " did, of about "
                + RepeatedRow.bytes(columns(), reader.columns().size()) + " bytes; none has to where the table is in "
                + "its order.");
    }

    RowSource source() {
        return source;
    }

    MarginalSettings settings() {
        return settings;
    }

    ModelDesign design() {
        return design;
    }

    private DesignBinder binder() {
        return reader.binder();
    }

    RowReader reader() {
        return reader;
    }

    RowCoordinates coordinates() {
        return reader.coordinates();
    }

    /** What was gathered from all subjects. */
    VisitSums sums() {
        return sums;
    }

    /** What the likelihood over visits needs. */
    PatternSums patterns() {
        return patterns;
    }

    /** Number of columns of X. */
    int columns() {
        return design.fixed().columns();
    }

    int subjects() {
        return patterns == null ? sizes.sizes().count() : patterns.subjects();
    }

    /** Number of rows. */
    long size() {
        return patterns == null ? design.figures().rows() : patterns.size();
    }

    /** Number of rows of each subject; null of blocks that have all rows of their subjects. */
    int[] counts() {
        return counts;
    }

    /** How many rows subjects have. */
    SubjectSizes sizes() {
        return sizes;
    }

    /** The subjects; which of them a row has is told by the design of its part of the table. */
    Factor subject() {
        return design.factor(settings.layout().subject());
    }

    /** Names of the visits in order; numbers if there is no visit column. */
    List<String> visits() {
        return visits;
    }

    int groups() {
        return by == null ? 1 : by.size();
    }

    /** Name of a set of covariance parameters; empty if there is one only. */
    String groupName(final int group) {
        return by == null ? "" : by.level(group);
    }

    Factor by() {
        return by;
    }

    /** Whether a column of the mean has one value in all rows of each subject. */
    boolean constant(final String column) {
        return sums.kinds().constant(reader.columns().indexOf(column));
    }

    /** Columns of the mean that change within subjects and do not belong to the visit; none without visits. */
    List<String> changing() {
        final List<String> changing = new ArrayList<>();
        for (int c = 0; c < reader.columns().size() && settings.layout().visit() != null; c++) {
            if (!sums.kinds().constant(c) && !sums.kinds().ofVisit(c)) {
                changing.add(reader.columns().get(c));
            }
        }
        return changing;
    }

    /**
     * What -2 log (restricted) likelihood of the response as the table has it exceeds that of the rows read here by:
     * 2 log(unit) for each row, less the coefficients of the mean under REML, less the logarithms of the weights.
     */
    double logDensityOfUnit(final boolean reml) {
        return 2.0 * (size() - (reml ? columns() : 0)) * Math.log(design.responseUnit()) - design.logWeights();
    }
}
