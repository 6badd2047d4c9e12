package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.KnownLevels;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.likelihood.SubjectRows;
import dev.mixedmodels.engine.model.StoredVisits;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a repeated-measures model by subject, ordered by visit, time or row, in the working basis of the mean.
 * The response is read as its residual from ordinary least squares, so that no digits are lost to the mean. All of a
 * row is multiplied by the root of its weight: V_i = W_i^-1/2 Sigma_i W_i^-1/2, and Sigma_i is that of the rows read.
 */
final class RepeatedRows implements SubjectRows {
    private static final int ROWS_PER_CHECK = 10_000;

    private final ModelDesign design;
    private final Factor subjects;
    private final SubjectIndex index;
    private final Factor visit;
    private final Column time;
    private final List<? extends Column> coordinates;
    private final List<String> visits;
    private final int[] visitOfRow;
    private final Factor by;
    private final double centre;
    private final double[] gamma;

    RepeatedRows(final ModelDesign design, final MarginalSettings settings, final Progress progress) {
        final MarginalSettings.Layout layout = settings.layout();
        this.design = design;
        subjects = design.factor(layout.subject());
        time = layout.time() == null ? null : design.rows().frame().numeric(layout.time());
        coordinates = layout.coordinates().stream().map(design.rows().frame()::numeric).toList();
        by = layout.structureBy() == null ? null : design.factor(layout.structureBy());
        visit = layout.visit() == null ? null : inOrder(design, layout.visit(), settings.options());
        index = new SubjectIndex(design.rows().fitted(), subjects,
            visit != null ? visit::code : time != null ? time::value : row -> row);
        visits = visit != null ? visit.levels()
            : IntStream.rangeClosed(1, index.largest()).mapToObj(Integer::toString).toList();
        visitOfRow = places();
        centre = middle();
        gamma = ordinaryLeastSquares(progress);
    }

    private RepeatedRows(final RepeatedRows all, final int subject) {
        design = all.design;
        subjects = all.subjects;
        index = all.index.without(subject);
        visit = all.visit;
        time = all.time;
        coordinates = all.coordinates;
        visits = all.visits;
        final int first = all.index.start(subject);
        visitOfRow = SubjectIndex.without(all.visitOfRow, first, all.index.start(subject + 1) - first);
        by = all.by;
        centre = all.centre;
        gamma = all.gamma;
    }

    /** The rows of all other subjects, numbered without this one, in the same basis and with the same taken off. */
    RepeatedRows without(final int subject) {
        return new RepeatedRows(this, subject);
    }

    /**
     * Rows of another table than the model was fitted to.
     *
     * @param design that of the fit, over these rows
     * @param stored what the fit has found
     */
    RepeatedRows(final ModelDesign design, final StoredVisits stored) {
        this.design = design;
        final Frame frame = design.rows().frame();
        time = stored.time() == null ? null : frame.numeric(stored.time());
        coordinates = stored.columns().stream().map(frame::numeric).toList();
        by = stored.by() == null ? null : design.factor(stored.by());
        visit = stored.visit() == null ? null : new KnownLevels(stored.visits()).factor(frame.column(stored.visit()));
        final Rows known = known(frame.rows());
        subjects = Factor.of(frame.column(stored.subject()), known, LevelOrder.NATURAL);
        index = new SubjectIndex(known, subjects, visit != null ? visit::code : time != null ? time::value : row -> row);
        visits = stored.visits();
        visitOfRow = places();
        centre = stored.centre();
        gamma = stored.leastSquares();
    }

    /** The rows with a response whose visit, group and mean the model knows. */
    private Rows known(final int rows) {
        final BitSet known = new BitSet();
        final double[] w = new double[columns()];
        for (int i = 0; i < design.rows().fitted().size(); i++) {
            final int row = design.rows().fitted().row(i);
            design.fixed().basisRow(row, w);
            known.set(row, (visit == null || visit.code(row) >= 0) && (by == null || by.code(row) >= 0)
                && Double.isFinite(design.response(row)) && Arrays.stream(w).allMatch(Double::isFinite));
        }
        return Rows.of(rows, known);
    }

    private int[] places() {
        final int[] places = new int[index.size()];
        for (int s = 0; s < subjects.size(); s++) {
            for (int i = index.start(s); i < index.start(s + 1); i++) {
                places[i] = visit == null ? i - index.start(s) : visit.code(index.row(i));
            }
        }
        return places;
    }

    /**
     * What -2 log (restricted) likelihood of the response as the table has it exceeds that of the rows read here by:
     * 2 log(unit) for each row, less the coefficients of the mean under REML, less the logarithms of the weights.
     */
    double logDensityOfUnit(final boolean reml) {
        return 2.0 * (index.size() - (reml ? columns() : 0)) * Math.log(design.responseUnit()) - design.logWeights();
    }

    /** Whether all rows have the same response. */
    boolean constantResponse() {
        return IntStream.range(1, index.size())
            .allMatch(i -> design.response(index.row(i)) == design.response(index.row(0)));
    }

    /** The visits in their order in time, which a reference level of the mean must not change. */
    private static Factor inOrder(final ModelDesign design, final String visit, final DesignOptions options) {
        final LevelOrder order = options.orders().getOrDefault(visit, LevelOrder.NATURAL);
        return Factor.of(design.rows().frame().column(visit), design.rows().fitted(),
            new LevelOrder(null, order.explicit()));
    }

    /** The middle of the range of the response: near its values, whatever the order of the rows. */
    private double middle() {
        if (!design.fixed().intercept()) {
            return 0;
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        final Rows fitted = design.rows().fitted();
        for (int i = 0; i < fitted.size(); i++) {
            final double y = design.response(fitted.row(i));
            min = Math.min(min, y);
            max = Math.max(max, y);
        }
        return min / 2 + max / 2;
    }

    /** W'diag(w)(y - centre) / N, for W'diag(w)W = N I. */
    private double[] ordinaryLeastSquares(final Progress progress) {
        final FixedDesign fixed = design.fixed();
        final double[] w = new double[fixed.columns()];
        final double[] sum = new double[fixed.columns()];
        for (int i = 0; i < index.size(); i++) {
            if (i % ROWS_PER_CHECK == 0) {
                progress.check();
            }
            fixed.basisRow(index.row(i), w);
            final double y = design.weights().of(index.row(i)) * (design.response(index.row(i)) - centre);
            for (int j = 0; j < w.length; j++) {
                sum[j] += w[j] * y;
            }
        }
        for (int j = 0; j < sum.length; j++) {
            sum[j] /= index.size();
        }
        return sum;
    }

    @Override
    public int subjects() {
        return index.subjects();
    }

    @Override
    public int columns() {
        return design.fixed().columns();
    }

    @Override
    public void read(final int subject, final SubjectBlock block) {
        final int from = index.start(subject);
        final int n = index.start(subject + 1) - from;
        block.start(n, group(subject));
        for (int i = 0; i < n; i++) {
            fill(index.row(from + i), block.row(i));
            block.place(i, visitOfRow[from + i]);
        }
    }

    /** [w, residual of ordinary least squares] of a row of the frame, weighted; a missing response stays NaN. */
    void fill(final int row, final double[] values) {
        final int p = columns();
        design.fixed().basisRow(row, values);
        double residual = design.response(row) - centre;
        for (int j = 0; j < p; j++) {
            residual -= values[j] * gamma[j];
        }
        values[p] = residual;
        final double root = root(row);
        for (int j = 0; root != 1 && j <= p; j++) {
            values[j] *= root;
        }
    }

    /** The root of the weight of a row. */
    double root(final int row) {
        return design.weights().root(row);
    }

    /** What is taken off the response before the coefficients of ordinary least squares. */
    double centre() {
        return centre;
    }

    /** Coefficients of ordinary least squares of the centred response in the working basis. */
    double[] leastSquares() {
        return gamma.clone();
    }

    /** The coefficients of the response in the working basis, given those of its residual. */
    double[] coefficients(final double[] ofResidual) {
        final double[] all = design.fixed().basis().coordinates(new double[0], centre);
        for (int j = 0; j < all.length; j++) {
            all[j] += gamma[j] + ofResidual[j];
        }
        return all;
    }

    ModelDesign design() {
        return design;
    }

    Factor subject() {
        return subjects;
    }

    SubjectIndex index() {
        return index;
    }

    /** The visits in order; null if there is no visit column. */
    Factor visit() {
        return visit;
    }

    /** Names of the visits in order; numbers if there is no visit column. */
    List<String> visits() {
        return visits;
    }

    /** Visit of a row given by its place in the index. */
    int visit(final int place) {
        return visitOfRow[place];
    }

    double time(final int row) {
        return time.value(row);
    }

    /** What a structure over places goes by: for each coordinate, or the time, its values in some rows of the frame. */
    double[][] places(final VisitStructure structure, final int[] frameRows) {
        return (structure.spatial() ? coordinates : List.of(time)).stream().map(column -> Arrays.stream(frameRows)
            .mapToDouble(column::value).toArray()).toArray(double[][]::new);
    }

    boolean hasTime() {
        return time != null;
    }

    int groups() {
        return by == null ? 1 : by.size();
    }

    /** Which set of covariance parameters a subject has. */
    int group(final int subject) {
        return by == null ? 0 : by.code(index.row(index.start(subject)));
    }

    /** Name of a set of covariance parameters; empty if there is one only. */
    String groupName(final int group) {
        return by == null ? "" : by.level(group);
    }

    Factor by() {
        return by;
    }
}
