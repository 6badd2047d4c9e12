package dev.mixedmodels.engine.common;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Input or settings that a model cannot be fitted to. The message names the column, level, row or setting that is wrong
 * and says what to do about it; it is shown to the user as it stands.
 */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<Object> parts;

    /**
     * A row in a message.
     *
     * @param index row of the table, from 0
     */
    public record Row(int index) implements Serializable {
    }

    /**
     * A level in a message whose name is elsewhere.
     *
     * @param number of the level
     */
    public record Level(int number) implements Serializable {
        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    /**
     * @param message what is wrong, where, and the remedy, as full sentences
     */
    public ModelException(final String message) {
        this(message, null);
    }

    /**
     * @param message what is wrong, where, and the remedy, as full sentences
     * @param cause what went wrong inside, for the log
     */
    public ModelException(final String message, final Throwable cause) {
        super(message, cause);
        parts = List.of(message);
    }

    private ModelException(final List<Object> parts) {
        super(text(parts, RowNames.NUMBERS));
        this.parts = parts;
    }

    /**
     * A message that names rows or levels. Who knows the ids of rows makes its text by {@link #message(RowNames)}, who
     * knows the names of levels puts them in by {@link #withLevels}.
     *
     * @param parts texts, {@link Row}s, {@link Level}s and values, to be put one after the other
     * @return the exception
     */
    public static ModelException of(final Object... parts) {
        return new ModelException(Arrays.stream(parts)
            .map(part -> part instanceof Row || part instanceof Level ? part : part.toString()).toList());
    }

    /**
     * @param rows number of rows of the table that come before those that the message counts
     * @return the exception with the rows of the table
     */
    public ModelException after(final int rows) {
        return new ModelException(
            parts.stream().map(part -> part instanceof Row row ? new Row(row.index + rows) : part).toList());
    }

    /**
     * @param names what the table's rows are called
     * @return the exception with these names in its message
     */
    public ModelException withRows(final RowNames names) {
        return new ModelException(parts.stream()
            .map(part -> part instanceof Row row ? text(List.of(row), names) : part).toList());
    }

    /**
     * @param names of levels by number
     * @return the exception with these names in its message
     */
    public ModelException withLevels(final IntFunction<String> names) {
        return new ModelException(
            parts.stream().map(part -> part instanceof Level level ? names.apply(level.number) : part).toList());
    }

    /**
     * @param names what the table's rows are called
     * @return the message with these names, in quotation marks
     */
    public String message(final RowNames names) {
        return text(parts, names);
    }

    private static String text(final List<Object> parts, final RowNames names) {
        final int[] rows =
            parts.stream().filter(Row.class::isInstance).mapToInt(part -> ((Row) part).index).toArray();
        final String[] found = rows.length == 0 ? new String[0] : names.of(rows);
        final StringBuilder text = new StringBuilder();
        int next = 0;
        for (final Object part : parts) {
            text.append(part instanceof Row ? '"' + found[next++] + '"' : part.toString());
        }
        return text.toString();
    }
}
