package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.KnownLevels;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.model.StoredVisits;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The rows of a repeated-measures model, kept, by subject, ordered by visit, time or row, in the coordinates of
 * {@link RowCoordinates}. All of a row is multiplied by the root of its weight: V_i = W_i^-1/2 Sigma_i W_i^-1/2, and
 * Sigma_i is that of the rows read.
 *
 * @param design the model over the rows it was fitted to
 * @param subject whose the rows are
 * @param index the rows by subject, in order
 * @param visit the visits in order; null if there is no visit column
 * @param times the column of times; none if there is none
 * @param coordinates columns that say where a row lies
 * @param visits names of the visits in order; numbers if there is no visit column
 * @param places visit of each row by its place in the index; the number of the row if there is no visit column
 * @param by whose groups have covariance parameters of their own; null for one set
 * @param mean in what rows are computed with
 */
record RepeatedRows(ModelDesign design, Factor subject, SubjectIndex index, Factor visit, List<? extends Column> times,
    List<? extends Column> coordinates, List<String> visits, int[] places, Factor by, RowCoordinates mean) {
    /**
     * @param design the model over the rows it was fitted to
     * @param layout who the subject is and what orders its rows
     * @param visits names of the visits in order; numbers if there is no visit column
     * @param mean in what rows are computed with
     */
    static RepeatedRows of(final ModelDesign design, final MarginalSettings.Layout layout, final List<String> visits,
        final RowCoordinates mean) {
        return of(design, layout, visits, mean, design.factor(layout.subject()), design.rows().fitted());
    }

    private static RepeatedRows of(final ModelDesign design, final MarginalSettings.Layout layout,
        final List<String> visits, final RowCoordinates mean, final Factor subject, final Rows known) {
        final Frame frame = design.rows().frame();
        final List<? extends Column> times = layout.time() == null ? List.of() : List.of(frame.numeric(layout.time()));
        final Factor visit = visit(frame, layout.visit(), visits);
        final SubjectIndex index = new SubjectIndex(known, subject,
            visit != null ? visit::code : times.isEmpty() ? row -> row : times.get(0)::value);
        return new RepeatedRows(design, subject, index, visit, times,
            layout.coordinates().stream().map(frame::numeric).toList(), visits, places(index, visit),
            layout.structureBy() == null ? null : design.factor(layout.structureBy()), mean);
    }

    private static Factor visit(final Frame frame, final String column, final List<String> visits) {
        return column == null ? null : new KnownLevels(visits).factor(frame.column(column));
    }

    /** The rows of all other subjects, numbered without this one, in the same basis and with the same taken off. */
    RepeatedRows without(final int omitted) {
        final int first = index.start(omitted);
        return new RepeatedRows(design, subject, index.without(omitted), visit, times, coordinates, visits,
            SubjectIndex.without(places, first, index.start(omitted + 1) - first), by, mean);
    }

    /**
     * Rows of another table than the model was fitted to: those with a response whose visit, group and mean the model
     * knows.
     *
     * @param design that of the fit, over these rows
     * @param stored what the fit has found
     */
    static RepeatedRows known(final ModelDesign design, final StoredVisits stored) {
        final MarginalSettings.Layout layout = new MarginalSettings.Layout(stored.subject(), stored.visit(), stored.time(),
            stored.columns(), stored.by());
        final Frame frame = design.rows().frame();
        final Factor visit = visit(frame, stored.visit(), stored.visits());
        final Factor by = stored.by() == null ? null : design.factor(stored.by());
        final BitSet known = new BitSet();
        final double[] w = new double[design.fixed().columns()];
        for (int i = 0; i < design.rows().fitted().size(); i++) {
            final int row = design.rows().fitted().row(i);
            design.fixed().basisRow(row, w);
            known.set(row, (visit == null || visit.code(row) >= 0) && (by == null || by.code(row) >= 0)
                && Double.isFinite(design.response(row)) && Arrays.stream(w).allMatch(Double::isFinite));
        }
        final Rows rows = Rows.of(frame.rows(), known);
        return of(design, layout, stored.visits(),
            new RowCoordinates(design.fixed().basis(), stored.centre(), stored.leastSquares()),
            Factor.of(frame.column(stored.subject()), rows, LevelOrder.NATURAL), rows);
    }

    private static int[] places(final SubjectIndex index, final Factor visit) {
        final int[] places = new int[index.size()];
        for (int s = 0; s < index.subjects(); s++) {
            for (int i = index.start(s); i < index.start(s + 1); i++) {
                places[i] = visit == null ? i - index.start(s) : visit.code(index.row(i));
            }
        }
        return places;
    }

    /** What the likelihood over visits needs of them. */
    PatternSums sums(final PatternSums.Unit unit, final int groups, final int visitCount) {
        final PatternSums sums = new PatternSums(unit, columns(), groups, visitCount, index.size());
        final SubjectBlock block = new SubjectBlock(columns());
        for (int s = 0; s < index.subjects(); s++) {
            read(s, block);
            final int start = index.start(s);
            sums.add(block, i -> root(index.row(start + i)));
        }
        return sums;
    }

    int subjects() {
        return index.subjects();
    }

    int columns() {
        return design.fixed().columns();
    }

    /**
     * @param subject a subject, from 0
     * @param block receives its rows [w, residual]
     */
    void read(final int subject, final SubjectBlock block) {
        final int from = index.start(subject);
        final int n = index.start(subject + 1) - from;
        block.start(n, group(subject));
        for (int i = 0; i < n; i++) {
            fill(index.row(from + i), block.row(i));
            block.place(i, places[from + i]);
        }
    }

    /** [w, residual of ordinary least squares] of a row of the frame, weighted; a missing response stays NaN. */
    void fill(final int row, final double[] values) {
        design.fixed().row(row, values);
        mean.fill(root(row), design.response(row) - mean.centre(), values);
    }

    /** Whether rows have weights of their own. */
    boolean weighted() {
        return !design.weights().equal();
    }

    /** The root of the weight of a row. */
    double root(final int row) {
        return design.weights().root(row);
    }

    /** Visit of a row given by its place in the index. */
    int visit(final int place) {
        return places[place];
    }

    /** What a structure over places goes by: for each coordinate, or the time, its values in some rows of the frame. */
    double[][] places(final VisitStructure structure, final int[] frameRows) {
        final List<? extends Column> columns = structure.spatial() ? coordinates : times;
        final double[][] places = new double[columns.size()][frameRows.length];
        for (int d = 0; d < places.length; d++) {
            for (int i = 0; i < frameRows.length; i++) {
                places[d][i] = columns.get(d).value(frameRows[i]);
            }
        }
        return places;
    }

    /** V over the rows of a subject, row-major. */
    double[] covariance(final Solved solved, final int subject) {
        final int[] at = new int[index.start(subject + 1) - index.start(subject)];
        Arrays.setAll(at, i -> places[index.start(subject) + i]);
        return solved.covariance(group(subject), at, solved.structure().overPlaces() == null ? new double[0][]
            : places(solved.structure(), index.rows(subject)));
    }

    /** Which set of covariance parameters a subject has. */
    int group(final int subject) {
        return by == null ? 0 : by.code(index.row(index.start(subject)));
    }
}
