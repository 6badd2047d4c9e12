package dev.mixedmodels.engine.marginal;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Which columns are constant within every subject, and which belong to the visit: the values of these are known where a
 * subject has no row.
 */
final class ColumnKinds implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean[] constant;
    private final boolean[] ofVisit;
    private final double[][] atVisit; // of each column its value at each visit; NaN where it is not known

    /**
     * @param columns how many there are
     * @param visits number of visits
     */
    ColumnKinds(final int columns, final int visits) {
        constant = new boolean[columns];
        ofVisit = new boolean[columns];
        atVisit = new double[columns][visits];
        Arrays.fill(constant, true);
        Arrays.fill(ofVisit, true);
        for (final double[] values : atVisit) {
            Arrays.fill(values, Double.NaN);
        }
    }

    ColumnKinds fresh() {
        return new ColumnKinds(constant.length, atVisit.length == 0 ? 0 : atVisit[0].length);
    }

    void add(final CompleteSubject subject) {
        final double[] first = subject.observed().get(0).values();
        for (int i = 0; i < subject.observed().size(); i++) {
            final double[] values = subject.observed().get(i).values();
            for (int c = 0; c < constant.length; c++) {
                constant[c] &= values[c] == first[c];
                at(c, subject.visit(i), values[c]);
            }
        }
    }

    private void at(final int column, final int visit, final double value) {
        if (!Double.isNaN(value)) {
            ofVisit[column] &= Double.isNaN(atVisit[column][visit]) || atVisit[column][visit] == value;
            atVisit[column][visit] = value;
        }
    }

    void merge(final ColumnKinds later) {
        for (int c = 0; c < constant.length; c++) {
            constant[c] &= later.constant[c];
            ofVisit[c] &= later.ofVisit[c];
            for (int v = 0; v < atVisit[c].length; v++) {
                at(c, v, later.atVisit[c][v]);
            }
        }
    }

    /** Whether a column has one value in all rows of each subject. */
    boolean constant(final int column) {
        return constant[column];
    }

    /** Whether it has one value in all rows of each visit. */
    boolean ofVisit(final int column) {
        return ofVisit[column];
    }

    /** The value of a column of the visit. */
    double at(final int column, final int visit) {
        return atVisit[column][visit];
    }
}
