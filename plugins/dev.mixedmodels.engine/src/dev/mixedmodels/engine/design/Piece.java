package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.Factor;

/** A factor of the product that makes a column of the design. */
sealed interface Piece {
    /** Its value in a row of the frame; NaN where a level never occurs in the fit. */
    double value(int row);

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
