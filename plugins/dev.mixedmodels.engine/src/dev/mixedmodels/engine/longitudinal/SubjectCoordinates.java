package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.frame.RowWeights;
import java.io.Serializable;

/**
 * The coordinates of {@link SubjectData}, as a pass over a part of the table takes them.
 *
 * @param binder applies the design to rows
 * @param key tells whose they are
 * @param basis of Z; null without random effects
 * @param q number of random effects
 * @param gamma what is taken off the response, coefficients of W
 * @param scale unit of what is left of it
 */
record SubjectCoordinates(DesignBinder binder, SubjectKey key, RandomBasis basis, int q, double[] gamma, double scale)
    implements Serializable {

    static SubjectCoordinates of(final SubjectData data) {
        return new SubjectCoordinates(data.binder(), data.key(), data.random() == null ? null : data.random().basis(),
            data.q(), data.gamma(), data.scale());
    }

    /** The same with other coefficients taken off. */
    SubjectCoordinates less(final double[] coefficients) {
        return new SubjectCoordinates(binder, key, basis, q, coefficients, scale);
    }

    /** Number of columns of W. */
    int p() {
        return gamma.length;
    }

    /**
     * @param design the design over a part of the table
     * @param span some rows of it
     * @param w receives the rows of W, column by column
     * @param rest receives what the response exceeds w'gamma by, in the unit {@link #scale} of the design's
     */
    void rest(final ModelDesign design, final RowSpan span, final double[][] w, final double[] rest) {
        design.fixed().basis(span, w);
        design.response(span, rest);
        for (int k = 0; k < w.length; k++) {
            for (int i = 0; i < span.size(); i++) {
                rest[i] -= w[k][i] * gamma[k];
            }
        }
        for (int i = 0; i < span.size(); i++) {
            rest[i] /= scale;
        }
    }

    /** Writes rows of Z as the user has them, column by column. */
    void effects(final ModelDesign design, final RowSpan span, final double[][] z) {
        if (basis != null) {
            RandomBasis.columns(design.random(), span, z);
        }
    }

    /** Turns them into the orthonormal columns, in place. */
    void transform(final double[][] z, final int size) {
        if (basis != null) {
            basis.transform(z, size);
        }
    }

    /** Writes the row of Z as the user has it. */
    void effects(final ModelDesign design, final int row, final double[] z) {
        if (basis != null) {
            RandomBasis.row(design.random(), row, z);
        }
    }

    /** Puts columns of some rows, multiplied by the roots of the weights, where the rows are to be. */
    static void put(final double[][] columns, final RowSpan span, final RowWeights weights, final double[] values) {
        for (int k = 0; k < columns.length; k++) {
            for (int i = 0, to = span.from() * columns.length + k; i < span.size(); i++, to += columns.length) {
                values[to] = columns[k][i] * weights.root(span.row(i));
            }
        }
    }
}
