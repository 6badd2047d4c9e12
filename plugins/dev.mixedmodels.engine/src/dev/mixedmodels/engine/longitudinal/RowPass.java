package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.PartsInOrder;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.frame.Rows;
import java.io.Serializable;
import java.util.Arrays;

/** The pass over a table in which its fitted rows are kept, in the coordinates of {@link SubjectData}. */
final class RowPass implements Fold<RowPass> {
    private static final long serialVersionUID = 1L;

    private final SubjectCoordinates coordinates;
    private final boolean weighted;
    private final String factor; // whose levels have variances of their own; null without
    private final String power; // column of which the variance is a power; null without
    private final PartsInOrder<Part> parts;

    /**
     * Rows of a part of the table.
     *
     * @param size number of rows of that part
     * @param rows which of them are kept
     * @param subjects of the rows that are kept, by code
     * @param values their [z w y], row by row, multiplied by the root of the weight
     * @param times theirs; null without
     * @param roots of their weights; null if all are 1
     * @param variances level or value that their variance goes by; null without
     */
    record Part(int size, int[] rows, int[] subjects, double[] values, double[] times, double[] roots,
        double[] variances) implements Serializable {
    }

    /**
     * @param data the coordinates
     * @param held takes the rows
     */
    RowPass(final SubjectData data, final HeldRows held) {
        parts = new PartsInOrder<>(held::add);
        coordinates = SubjectCoordinates.of(data);
        weighted = !data.design().weights().equal();
        factor = data.covariance().varianceBy();
        power = data.covariance().powerOf();
    }

    private RowPass(final RowPass other) {
        parts = new PartsInOrder<>(null);
        coordinates = other.coordinates;
        weighted = other.weighted;
        factor = other.factor;
        power = other.power;
    }

    @Override
    public RowPass fresh() {
        return new RowPass(this);
    }

    @Override
    public void add(final Frame block) {
        final ModelDesign design = coordinates.binder().bind(block);
        final SubjectKey key = coordinates.key();
        final Rows fitted = design.rows().fitted();
        final int n = fitted.size();
        final int width = coordinates.p() + coordinates.q() + 1;
        final Factor subject = key.subject(design);
        final Column time = key.time() == null ? null : block.column(key.time());
        final Factor levels = factor == null ? null : design.factor(factor);
        final Column base = power == null ? null : block.numeric(power);
        final Part part = new Part(block.rows(), new int[n], new int[n], new double[n * width],
            time == null ? null : new double[n], weighted ? new double[n] : null,
            levels == null && base == null ? null : new double[n]);
        for (int i = 0; i < n; i++) {
            final int row = fitted.row(i);
            part.rows[i] = row;
            part.subjects[i] = subject.code(row);
            if (time != null) {
                part.times[i] = time.value(row);
            }
            if (weighted) {
                part.roots[i] = design.weights().root(row);
            }
            if (part.variances != null) {
                part.variances[i] = levels != null ? levels.code(row) : base(base, row);
            }
        }
        final double[][] columns = new double[width][RowSpan.MOST];
        final double[][] z = Arrays.copyOf(columns, coordinates.q());
        final double[][] w = Arrays.copyOfRange(columns, coordinates.q(), width - 1);
        RowSpan.each(fitted, null, span -> {
            coordinates.rest(design, span, w, columns[width - 1]);
            coordinates.effects(design, span, z);
            coordinates.transform(z, span.size());
            SubjectCoordinates.put(columns, span, design.weights(), part.values);
        });
        parts.take(part);
    }

    private static double base(final Column column, final int row) {
        final double value = column.value(row);
        if (value == 0) {
            throw ModelException.of("The residual variance is to be a power of \"" + column.name()
                + "\", which is 0 in row ",
                new ModelException.Row(row), ": a power of 0 is no variance. Choose a column without zeros, such as "
                + "one with a constant added.");
        }
        return value;
    }

    @Override
    public void merge(final RowPass later) {
        parts.takeAll(later.parts);
    }
}
