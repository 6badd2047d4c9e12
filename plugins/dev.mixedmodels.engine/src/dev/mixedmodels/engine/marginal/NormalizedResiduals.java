package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.Arrays;
import java.util.List;

/**
 * L^-1 (y_i - X_i beta) of all rows, V_i = L L' in order of visit, time or table: for tables whose rows are in another
 * order, in which they cannot be told row by row. Takes 8 bytes a row.
 */
final class NormalizedResiduals implements SubjectTaker<NormalizedResiduals> {
    private static final long serialVersionUID = 1L;

    private final RowReader reader;
    private final UnobservedVisits unobserved;
    private final Solved solved;
    private double[] values = new double[0]; // by row of the table, NaN where there is none
    private int rows;

    /**
     * @param reader reads the rows
     * @param unobserved tells where rows are
     * @param solved the estimates
     */
    NormalizedResiduals(final RowReader reader, final UnobservedVisits unobserved, final Solved solved) {
        this.reader = reader;
        this.unobserved = unobserved;
        this.solved = solved;
    }

    @Override
    public NormalizedResiduals fresh() {
        return new NormalizedResiduals(reader, unobserved, solved);
    }

    @Override
    public void rows(final RowReader.Part part, final int before) {
        grow(part.design().rows().frame().rows());
    }

    private void grow(final int more) {
        if (rows + more > values.length) {
            final int old = values.length;
            values = Arrays.copyOf(values, Math.max(rows + more, rows + (rows >> 1)));
            Arrays.fill(values, old, values.length, Double.NaN);
        }
        rows += more;
    }

    @Override
    public void subjects(final List<CompleteSubject> complete) {
        final SubjectBlock block = new SubjectBlock(reader.coordinates().gamma().length);
        for (final CompleteSubject subject : complete) {
            subject.fill(block, reader.coordinates());
            final int k = block.rows();
            final int[] visits = new int[k];
            final double[] z = new double[k];
            for (int i = 0; i < k; i++) {
                visits[i] = block.visit(i);
                z[i] = solved.rest(block.row(i));
            }
            final double[] l = solved.covariance(block.group(), visits, unobserved.places(subject.observed()));
            Cholesky.factor(l, k);
            Cholesky.solveLower(l, k, z);
            for (int i = 0; i < k; i++) {
                values[subject.observed().get(i).place()] = z[i];
            }
        }
    }

    @Override
    public void merge(final NormalizedResiduals later, final int before) {
        grow(later.rows);
        System.arraycopy(later.values, 0, values, before, later.rows);
    }

    /** That of a row of the table. */
    double of(final int row) {
        return values[row];
    }
}
