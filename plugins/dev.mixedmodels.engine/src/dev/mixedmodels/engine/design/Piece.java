package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.RowSpan;

/** A factor of the product that makes a column of the design. */
sealed interface Piece {
    /** Its value in a row of the frame; NaN where a level never occurs in the fit. */
    double value(int row);

    /** Multiplies numbers by its values in some rows; a 0 stays one, also where it has no value. */
    default void multiply(final RowSpan span, final double[] by) {
        for (int i = 0; i < span.size(); i++) {
            if (by[i] != 0) {
                by[i] *= value(span.row(i));
            }
        }
    }

    /** Its value at a point of the reference grid. */
    double value(GridPoint point);

    /**
     * A numeric variable, or a column of one.
     *
     * @param variable the variable
     * @param component which of its columns, from 0
     */
    record Number(NumericVariable variable, int component) implements Piece {
        @Override
        public double value(final int row) {
            return variable.value(component, row);
        }

        @Override
        public void multiply(final RowSpan span, final double[] by) {
            final double[] plain = variable.plain();
            if (plain == null) {
                Piece.super.multiply(span, by);
            } else {
                for (int i = 0; i < span.size(); i++) {
                    by[i] *= plain[span.row(i)];
                }
            }
        }

        @Override
        public double value(final GridPoint point) {
            return variable.value(component, point);
        }
    }

    /**
     * One contrast or indicator of a factor.
     *
     * @param factor the factor
     * @param byLevel its value at each level
     */
    record Contrast(Factor factor, double[] byLevel) implements Piece {
        @Override
        public double value(final int row) {
            final int code = factor.code(row);
            return code < 0 ? Double.NaN : byLevel[code];
        }

        @Override
        public double value(final GridPoint point) {
            final double[] weights = point.weights(factor);
            double sum = 0;
            for (int level = 0; level < byLevel.length; level++) {
                sum += weights[level] * byLevel[level];
            }
            return sum;
        }
    }
}
