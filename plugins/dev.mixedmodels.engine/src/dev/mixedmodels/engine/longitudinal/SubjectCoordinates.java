package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.design.ModelDesign;
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
     * @param row a row of it
     * @param w receives the row of W
     * @return what the response exceeds w'gamma by, in the unit of the design
     */
    double rest(final ModelDesign design, final int row, final double[] w) {
        design.fixed().basisRow(row, w);
        double rest = design.response(row);
        for (int k = 0; k < w.length; k++) {
            rest -= w[k] * gamma[k];
        }
        return rest;
    }

    /** Writes the row of Z as the user has it. */
    void effects(final ModelDesign design, final int row, final double[] z) {
        if (basis != null) {
            RandomBasis.row(design.random(), row, z);
        }
    }

    /** Turns it into one of the orthonormal columns, in place. */
    void transform(final double[] z) {
        if (basis != null) {
            basis.transform(z);
        }
    }
}
