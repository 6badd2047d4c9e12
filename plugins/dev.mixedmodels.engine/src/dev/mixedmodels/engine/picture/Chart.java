package dev.mixedmodels.engine.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.Function;

/**
 * A chart with the table behind it.
 *
 * @param id different for each chart of a picture
 * @param topic what it is about
 * @param kind which module of the page draws it, and so which roles its columns have
 * @param title its title
 * @param caption how to read it, in a sentence or two
 * @param shown what is drawn of what there is, "500 of 100,000 subjects"; empty where everything is
 * @param x the x axis
 * @param y the y axis
 * @param columns the table behind it, columns of equal length
 * @param lines lines that help to read it
 */
public record Chart(String id, Topic topic, String kind, String title, String caption, String shown, Axis x, Axis y,
    List<Column> columns, List<Line> lines) {

    /** Makes the title short enough to be shown. */
    public Chart {
        title = Labels.label(title);
        caption = Labels.text(caption);
        if (columns.stream().mapToInt(Column::rows).distinct().count() > 1) {
            throw new IllegalArgumentException("columns of different lengths in " + id);
        }
    }

    /**
     * @param topic what it is about
     * @param id its id
     * @param kind which module draws it
     * @param title its title
     * @return a chart to be filled
     */
    static Builder of(final Topic topic, final String id, final String kind, final String title) {
        return new Builder(topic, id, kind, title);
    }

    /**
     * @return number of rows of the table behind it
     */
    public int rows() {
        return columns.isEmpty() ? 0 : columns.get(0).rows();
    }

    /** A chart being filled. */
    static final class Builder {
        private final Topic topic;
        private final String kind;
        private final String title;
        private final List<Column> columns = new ArrayList<>();
        private final List<Line> lines = new ArrayList<>();
        private String id;
        private String caption = "";
        private String shown = "";
        private Axis x = Axis.NONE;
        private Axis y = Axis.NONE;

        private Builder(final Topic topic, final String id, final String kind, final String title) {
            this.topic = topic;
            this.id = id;
            this.kind = kind;
            this.title = title;
        }

        /** Tells charts of the same kind apart. */
        Builder of(final String what) {
            id = id + ": " + Labels.label(what);
            return this;
        }

        Builder caption(final String text) {
            caption = text;
            return this;
        }

        Builder shown(final long part, final long whole, final String what) {
            shown = part >= whole ? "" : grouped(part) + " of " + grouped(whole) + " " + what;
            return this;
        }

        Builder x(final String axisTitle, final Units units) {
            x = new Axis(axisTitle, units);
            return this;
        }

        Builder y(final String axisTitle, final Units units) {
            y = new Axis(axisTitle, units);
            return this;
        }

        Builder line(final Line line) {
            lines.add(line);
            return this;
        }

        Builder texts(final String role, final String heading, final List<String> texts) {
            columns.add(Column.ofTexts(role, heading, texts));
            return this;
        }

        Builder numbers(final String role, final String heading, final Units units, final double[] numbers) {
            columns.add(Column.ofNumbers(role, heading, units, numbers));
            return this;
        }

        <R> Builder texts(final String role, final String heading, final List<R> rows,
            final Function<R, String> text) {
            return texts(role, heading, rows.stream().map(text).toList());
        }

        <R> Builder numbers(final String role, final String heading, final Units units, final List<R> rows,
            final ToDoubleFunction<R> number) {
            return numbers(role, heading, units, rows.stream().mapToDouble(number).toArray());
        }

        Chart build() {
            return new Chart(id, topic, kind, title, caption, shown, x, y, List.copyOf(columns), List.copyOf(lines));
        }

        /** 1234567 as 1,234,567, whatever the locale. */
        private static String grouped(final long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
    }
}
