package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;

/** A factor of the product that makes a column of the design. */
sealed interface Piece {
    /** Its value in a row of the frame; NaN where a level never occurs in the fit. */
    double value(int row);

    /** Its value at a point of the reference grid. */
    double value(GridPoint point);

    /** Name of the column of the table that it comes from. */
    String source();

    /**
     * A numeric variable.
     *
     * @param variable function of the column
     * @param column the column
     * @param unit what the value is divided by, a power of two
     */
    record Number(Variable variable, Column column, double unit) implements Piece {
        Number(final Variable variable, final Column column) {
            this(variable, column, 1);
        }

        @Override
        public double value(final int row) {
            return variable.apply(column.value(row)) / unit;
        }

        @Override
        public double value(final GridPoint point) {
            return variable.apply(point.number(column)) / unit;
        }

        @Override
        public String source() {
            return column.name();
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

        @Override
        public String source() {
            return factor.name();
        }
    }
}
