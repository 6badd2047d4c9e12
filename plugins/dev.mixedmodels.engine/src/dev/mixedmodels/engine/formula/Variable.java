package dev.mixedmodels.engine.formula;

import java.util.Locale;

/** A variable of a formula: a column of the table or a function of one. Prints itself in R's notation. */
public sealed interface Variable {
    /**
     * @return the column that it is computed from
     */
    String column();

    /**
     * @param value a value of the column
     * @return the value of the variable; NaN or infinite where the function is not defined
     */
    double apply(double value);

    /**
     * A column as it is.
     *
     * @param column name of the column, any text
     */
    record Plain(String column) implements Variable {
        @Override
        public double apply(final double value) {
            return value;
        }

        @Override
        public String toString() {
            return Names.quote(column);
        }
    }

    /**
     * {@code I(base^exponent)}.
     *
     * @param base what is raised
     * @param exponent the power
     */
    record Power(Variable base, double exponent) implements Variable {
        @Override
        public String column() {
            return base.column();
        }

        @Override
        public double apply(final double value) {
            final double x = base.apply(value);
            return exponent == 2 ? x * x : Math.pow(x, exponent);
        }

        @Override
        public String toString() {
            final boolean whole = exponent == Math.rint(exponent) && Math.abs(exponent) < 1e9;
            return "I(" + base + "^" + (whole ? Long.toString((long) exponent) : Double.toString(exponent)) + ")";
        }
    }

    /**
     * {@code log(argument)}, {@code sqrt(argument)} or {@code exp(argument)}.
     *
     * @param function which
     * @param argument of what
     */
    record Call(Function function, Variable argument) implements Variable {
        @Override
        public String column() {
            return argument.column();
        }

        @Override
        public double apply(final double value) {
            final double x = argument.apply(value);
            return switch (function) {
                case LOG -> Math.log(x);
                case SQRT -> Math.sqrt(x);
                case EXP -> Math.exp(x);
            };
        }

        @Override
        public String toString() {
            return function.name().toLowerCase(Locale.ROOT) + "(" + argument + ")";
        }
    }

    /** The functions that a formula may use. */
    enum Function {
        /** Natural logarithm. */
        LOG,
        /** Square root. */
        SQRT,
        /** Exponential. */
        EXP
    }
}
