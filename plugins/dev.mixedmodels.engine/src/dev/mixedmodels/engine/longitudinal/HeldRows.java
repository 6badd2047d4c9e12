package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.SubjectSeries;
import dev.mixedmodels.engine.statistics.ModelRows;
import dev.mixedmodels.engine.statistics.RowOrder;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The fitted rows, kept, subject by subject and in order of time, as the likelihood takes them: X in its orthonormal
 * basis W, Z likewise, and the response less its ordinary least squares fit W gamma_0 in units of its scale, so that no
 * offset, unit or scale of the data costs digits. All of a row is multiplied by the root of its weight.
 */
final class HeldRows implements ModelRows {
    private final ModelDesign design;
    private final Factor subject;
    private final Column time;
    private final RandomColumns random;
    private final int[] starts;
    private final int[] rows;
    private final double[] gamma;
    private final double scale;

    /**
     * @param design rows, response and X
     * @param subject the subjects
     * @param time the time column; null if rows are in the order of the table
     * @param data the coordinates
     */
    HeldRows(final ModelDesign design, final Factor subject, final Column time, final SubjectData data) {
        this.design = design;
        this.subject = subject;
        this.time = time;
        random = data.random();
        gamma = data.gamma();
        scale = data.scale();
        final Rows fitted = design.rows().fitted();
        starts = new int[subject.size() + 1];
        for (int i = 0; i < fitted.size(); i++) {
            starts[subject.code(fitted.row(i)) + 1]++;
        }
        for (int i = 0; i < subject.size(); i++) {
            starts[i + 1] += starts[i];
        }
        rows = new int[fitted.size()];
        final int[] next = starts.clone();
        for (int i = 0; i < fitted.size(); i++) {
            rows[next[subject.code(fitted.row(i))]++] = fitted.row(i);
        }
        if (time != null) {
            for (int i = 0; i < subject.size(); i++) {
                sortByTime(starts[i], starts[i + 1]);
            }
        }
    }

    /** Stable, and linear for rows that are in order already. */
    private void sortByTime(final int from, final int to) {
        boolean sorted = true;
        for (int i = from + 1; i < to && sorted; i++) {
            sorted = time.value(rows[i - 1]) <= time.value(rows[i]);
        }
        if (!sorted) {
            final Integer[] part = new Integer[to - from];
            for (int i = from; i < to; i++) {
                part[i - from] = rows[i];
            }
            Arrays.sort(part, Comparator.comparingDouble(row -> time.value(row)));
            for (int i = from; i < to; i++) {
                rows[i] = part[i - from];
            }
        }
    }

    /** y - W gamma_0; fills in the row of W. */
    private double deviation(final int frameRow, final double[] w) {
        design.fixed().basisRow(frameRow, w);
        double y = design.response(frameRow);
        for (int k = 0; k < gamma.length; k++) {
            y -= w[k] * gamma[k];
        }
        return y;
    }

    ModelDesign design() {
        return design;
    }

    Factor subject() {
        return subject;
    }

    /** Number of subjects. */
    int subjects() {
        return subject.size();
    }

    /** A row of Z. */
    void effects(final int i, final double[] z) {
        RandomBasis.row(design.random(), rows[i], z);
    }

    /** Index of each subject's first row, and the number of rows. */
    int[] starts() {
        return starts;
    }

    /** Row of the frame of the i-th row. */
    int frameRow(final int i) {
        return rows[i];
    }

    /** Whether the order in time is known. */
    boolean timed() {
        return time != null;
    }

    double time(final int i) {
        return time.value(rows[i]);
    }

    String timeName() {
        return time.name();
    }

    /** All rows of [z x y], for a likelihood with structured residuals. */
    SubjectSeries series(final ResidualStructure structure, final double[][] positions, final double[][] exponents) {
        return SubjectSeries.of(this, new RowOrder(starts, null), 0, subjects(), structure, positions, exponents);
    }

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public int fixedEffects() {
        return gamma.length;
    }

    @Override
    public int[] randomEffects() {
        return new int[] {random == null ? 0 : random.size()};
    }

    @Override
    public void row(final int i, final double[] values) {
        final int p = gamma.length;
        values[p] = deviation(rows[i], values) / scale;
        if (random != null) {
            final double[] z = new double[random.size()];
            RandomBasis.row(design.random(), rows[i], z);
            random.basis().transform(z);
            System.arraycopy(z, 0, values, p + 1, z.length);
        }
        final double root = rootWeight(i);
        for (int c = 0, width = width(); root != 1 && c < width; c++) {
            values[c] *= root;
        }
    }

    /** The root of the weight of the i-th row, by which {@link #row} has multiplied it. */
    double rootWeight(final int i) {
        return design.weights().root(rows[i]);
    }
}
