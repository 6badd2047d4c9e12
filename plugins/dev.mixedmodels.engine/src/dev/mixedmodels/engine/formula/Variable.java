package dev.mixedmodels.engine.formula;

import java.io.Serializable;
import java.util.List;

/** A variable of a formula: a column of the table or a function of columns. Prints itself in R's notation. */
public sealed interface Variable extends Serializable {
    /**
     * @return the number that the variable is or is made from
     */
    Expression argument();

    /**
     * @return the columns that it is computed from
     */
    default List<String> columns() {
        return List.copyOf(argument().columns());
    }

    /**
     * @return the column that it is computed from, the first one of several
     */
    default String column() {
        return columns().get(0);
    }

    /**
     * @return number of columns of the design that it makes if it is numeric
     */
    default int size() {
        return 1;
    }

    /**
     * A column as it is: a number, or a factor if it is nominal.
     *
     * @param column name of the column, any text
     */
    record Plain(String column) implements Variable {
        @Override
        public Expression argument() {
            return new Expression.Column(column);
        }

        @Override
        public String toString() {
            return Names.quote(column);
        }
    }

    /**
     * {@code factor(column)}: the levels of a column, whatever its type.
     *
     * @param column name of the column, any text
     */
    record Levels(String column) implements Variable {
        @Override
        public Expression argument() {
            return new Expression.Column(column);
        }

        @Override
        public String toString() {
            return "factor(" + Names.quote(column) + ")";
        }
    }

    /**
     * {@code I(arithmetic)} or another function of arithmetic.
     *
     * @param argument the call
     */
    record Computed(Expression.Call argument) implements Variable {
        @Override
        public String toString() {
            return argument.toString();
        }
    }

    /**
     * {@code scale(argument)}: less the mean and over the standard deviation of the fitted rows. Without centring the
     * standard deviation is the root of the sum of squares over n - 1, as R has it.
     *
     * @param argument of what
     * @param center whether the mean is taken off
     * @param scale whether it is divided
     * @param text as it was written
     */
    record Scaled(Expression argument, boolean center, boolean scale, String text) implements Variable {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A curve: {@code poly}, {@code ns} or {@code bs} of an argument, several columns.
     *
     * @param kind which
     * @param argument of what
     * @param size number of columns
     * @param degree of the polynomial or of the pieces of the spline
     * @param knots inside of the range; null for quantiles of the fitted rows
     * @param boundary the two outer knots; null for the range of the fitted rows
     * @param text as it was written
     */
    record Curve(Kind kind, Expression argument, int size, int degree, List<Double> knots, List<Double> boundary,
        String text) implements Variable {
        @Override
        public String toString() {
            return text;
        }
    }

    /** The kinds of curves. */
    enum Kind {
        /** Powers. */
        RAW_POLYNOMIAL,
        /** Polynomials that are orthogonal over the fitted rows. */
        ORTHOGONAL_POLYNOMIAL,
        /** Cubic splines that are linear outside of the outer knots. */
        NATURAL_SPLINE,
        /** B-splines. */
        B_SPLINE
    }
}
