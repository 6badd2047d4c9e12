package dev.mixedmodels.engine.result;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The columns of an output table and how a record becomes a row of it, whatever platform holds the table. A cell
 * without a value is missing.
 *
 * @param <R> the record
 */
public final class TableLayout<R> {
    /** Takes the columns one by one, as the types of a platform. */
    public interface Visitor<R> {
        /**
         * @param name of a column of texts
         * @param value gives the text of a record, null for a missing one
         */
        void text(String name, Function<R, String> value);

        /**
         * @param name of a column of numbers
         * @param precise whether they are shown with all their digits, for they may be very small
         * @param value gives the number of a record, NaN for a missing one; never -0
         */
        void number(String name, boolean precise, ToDoubleFunction<R> value);

        /**
         * @param name of a column of counts
         * @param value gives the count of a record
         */
        void count(String name, ToLongFunction<R> value);

        /**
         * @param name of a column of truth values
         * @param value tells the truth of a record
         */
        void flag(String name, Predicate<R> value);
    }

    /** A column shows itself to a visitor. */
    @FunctionalInterface
    private interface Column<R> {
        void accept(Visitor<R> visitor);
    }

    private final String name;
    private final List<Column<R>> columns = new ArrayList<>();

    /**
     * @param name of the table
     */
    public TableLayout(final String name) {
        this.name = name;
    }

    /**
     * @return the table's name
     */
    public String name() {
        return name;
    }

    private TableLayout<R> add(final Column<R> column) {
        columns.add(column);
        return this;
    }

    /**
     * Adds a column of texts, of which some may be missing.
     *
     * @param name its name
     * @param value gives the text of a record, or null
     * @return this
     */
    public TableLayout<R> text(final String name, final Function<R, String> value) {
        return add(visitor -> visitor.text(name, value));
    }

    /**
     * Adds a column of numbers.
     *
     * @param name its name
     * @param value gives the number of a record; one that is beyond all numbers is missing like NaN
     * @return this
     */
    public TableLayout<R> number(final String name, final ToDoubleFunction<R> value) {
        return add(visitor -> visitor.number(name, false, record -> finite(value.applyAsDouble(record))));
    }

    /**
     * Adds a column of numbers of which some may be infinite, such as degrees of freedom.
     *
     * @param name its name
     * @param value gives the number of a record, NaN for a missing one
     * @return this
     */
    public TableLayout<R> limit(final String name, final ToDoubleFunction<R> value) {
        return add(visitor -> visitor.number(name, false, record -> value.applyAsDouble(record) + 0.0));
    }

    /**
     * Adds a column of numbers that are shown with all their digits, for they may be very small.
     *
     * @param name its name
     * @param value gives the number of a record
     * @return this
     */
    public TableLayout<R> preciseNumber(final String name, final ToDoubleFunction<R> value) {
        return add(visitor -> visitor.number(name, true, record -> finite(value.applyAsDouble(record))));
    }

    /**
     * Adds a column of counts.
     *
     * @param name its name
     * @param value gives the count of a record
     * @return this
     */
    public TableLayout<R> count(final String name, final ToLongFunction<R> value) {
        return add(visitor -> visitor.count(name, value));
    }

    /**
     * Adds a column of truth values.
     *
     * @param name its name
     * @param value tells the truth of a record
     * @return this
     */
    public TableLayout<R> flag(final String name, final Predicate<R> value) {
        return add(visitor -> visitor.flag(name, value));
    }

    /** Adding 0 makes -0.0, which a table would show as -0, the ordinary zero. */
    private static double finite(final double value) {
        return Double.isInfinite(value) ? Double.NaN : value + 0.0;
    }

    /**
     * @param visitor gets all columns in their order
     */
    public void accept(final Visitor<R> visitor) {
        columns.forEach(column -> column.accept(visitor));
    }
}
