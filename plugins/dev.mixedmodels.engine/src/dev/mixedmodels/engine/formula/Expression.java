package dev.mixedmodels.engine.formula;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Arithmetic over columns, as it stands inside of {@code I()} and other functions. Prints itself as R does, with the
 * parentheses that were written.
 */
public sealed interface Expression extends Serializable {
    /**
     * @param columns gives the value of a column
     * @return the value; NaN or infinite where it does not exist
     */
    double value(ToDoubleFunction<String> columns);

    /**
     * @return names of the columns, in the order in which they occur
     */
    default Set<String> columns() {
        final Set<String> names = new LinkedHashSet<>();
        collect(names);
        return names;
    }

    /**
     * @param names receives the names of the columns
     */
    void collect(Set<String> names);

    /**
     * A column.
     *
     * @param name its name, any text
     */
    record Column(String name) implements Expression {
        @Override
        public double value(final ToDoubleFunction<String> columns) {
            return columns.applyAsDouble(name);
        }

        @Override
        public void collect(final Set<String> names) {
            names.add(name);
        }

        @Override
        public String toString() {
            return Names.quote(name);
        }
    }

    /**
     * A number.
     *
     * @param value the number, not negative
     */
    record Constant(double value) implements Expression {
        @Override
        public double value(final ToDoubleFunction<String> columns) {
            return value;
        }

        @Override
        public void collect(final Set<String> names) {
            // none
        }

        @Override
        public String toString() {
            return Names.number(value);
        }
    }

    /**
     * {@code -of}.
     *
     * @param of what is negated
     */
    record Negative(Expression of) implements Expression {
        @Override
        public double value(final ToDoubleFunction<String> columns) {
            return -of.value(columns);
        }

        @Override
        public void collect(final Set<String> names) {
            of.collect(names);
        }

        @Override
        public String toString() {
            return "-" + of;
        }
    }

    /**
     * {@code (inside)}.
     *
     * @param inside what stands in the parentheses
     */
    record Parentheses(Expression inside) implements Expression {
        @Override
        public double value(final ToDoubleFunction<String> columns) {
            return inside.value(columns);
        }

        @Override
        public void collect(final Set<String> names) {
            inside.collect(names);
        }

        @Override
        public String toString() {
            return "(" + inside + ")";
        }
    }

    /**
     * {@code left operator right}.
     *
     * @param operator which
     * @param left the one side
     * @param right the other side
     */
    record Operation(Operator operator, Expression left, Expression right) implements Expression {
        @Override
        public double value(final ToDoubleFunction<String> columns) {
            return operator.apply(left.value(columns), right.value(columns));
        }

        @Override
        public void collect(final Set<String> names) {
            left.collect(names);
            right.collect(names);
        }

        @Override
        public String toString() {
            return left + operator.text() + right;
        }
    }

    /**
     * {@code function(argument)}.
     *
     * @param function which
     * @param argument of what
     */
    record Call(Function function, Expression argument) implements Expression {
        @Override
        public double value(final ToDoubleFunction<String> columns) {
            return function.apply(argument.value(columns));
        }

        @Override
        public void collect(final Set<String> names) {
            argument.collect(names);
        }

        @Override
        public String toString() {
            return function.text() + "(" + argument + ")";
        }
    }
}
