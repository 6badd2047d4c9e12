package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The first rows in time of the subject whose covariance matrix is shown. */
final class ShownRows implements Fold<ShownRows> {
    private static final long serialVersionUID = 1L;

    private final DesignBinder binder;
    private final SubjectKey key;
    private final int subject;
    private final int most;
    private final int q;
    private final List<double[]> rows = new ArrayList<>(); // time, root of the weight and z of each, in order of time

    /**
     * @param data the rows
     * @param subject the subject
     * @param most so many of its rows are wanted
     */
    ShownRows(final SubjectData data, final int subject, final int most) {
        this(data.binder(), data.key(), subject, most, data.q());
    }

    private ShownRows(final DesignBinder binder, final SubjectKey key, final int subject, final int most, final int q) {
        this.binder = binder;
        this.key = key;
        this.subject = subject;
        this.most = most;
        this.q = q;
    }

    @Override
    public ShownRows fresh() {
        return new ShownRows(binder, key, subject, most, q);
    }

    @Override
    public void add(final Frame block) {
        final ModelDesign design = binder.bind(block);
        final Factor subjects = key.subject(design);
        final Column time = key.time() == null ? null : block.column(key.time());
        final Rows fitted = design.rows().fitted();
        for (int i = 0; i < fitted.size(); i++) {
            final int row = fitted.row(i);
            if (subjects.code(row) == subject) {
                final double[] z = new double[q];
                RandomBasis.row(design.random(), row, z);
                final double[] shown = new double[q + 2];
                shown[0] = time == null ? 0 : time.value(row);
                shown[1] = design.weights().root(row);
                System.arraycopy(z, 0, shown, 2, q);
                put(shown);
            }
        }
    }

    /** Behind all that are not later. */
    private void put(final double[] row) {
        int at = rows.size();
        while (at > 0 && rows.get(at - 1)[0] > row[0]) {
            at--;
        }
        if (at < most) {
            rows.add(at, row);
        }
        if (rows.size() > most) {
            rows.remove(most);
        }
    }

    @Override
    public void merge(final ShownRows later) {
        later.rows.forEach(this::put);
    }

    int size() {
        return rows.size();
    }

    double time(final int i) {
        return rows.get(i)[0];
    }

    /** Root of the weight. */
    double root(final int i) {
        return rows.get(i)[1];
    }

    /** The row of Z. */
    double[] effects(final int i) {
        return Arrays.copyOfRange(rows.get(i), 2, 2 + q);
    }
}
