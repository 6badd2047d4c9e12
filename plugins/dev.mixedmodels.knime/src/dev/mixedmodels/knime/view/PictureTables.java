package dev.mixedmodels.knime.view;

import dev.mixedmodels.engine.picture.Chart;
import dev.mixedmodels.engine.picture.Column;
import dev.mixedmodels.engine.picture.Figure;
import dev.mixedmodels.engine.picture.Line;
import dev.mixedmodels.engine.picture.Picture;
import dev.mixedmodels.engine.result.TableLayout;
import dev.mixedmodels.knime.table.TableWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;

/**
 * A picture as two internal tables, which are saved with the workflow: its parts in order, texts and single numbers;
 * and the marks, one row each, whose columns the parts name.
 */
public final class PictureTables {
    static final int TEXTS = 4;
    private static final int NUMBERS = 12;

    /**
     * A row of the first table.
     *
     * @param kind what part it is
     * @param name its name, role or id
     * @param text its text
     * @param units of a column or axis; topic of a chart
     * @param number its number; of a column the number of the column of marks, negative for texts
     * @param lower lower bound, or another number
     * @param upper upper bound, or another number
     */
    record Part(PartKind kind, String name, String text, String units, double number, double lower, double upper) {
        static Part of(final PartKind kind, final String name, final String text) {
            return new Part(kind, name, text, "", Double.NaN, Double.NaN, Double.NaN);
        }
    }

    /** Kinds of parts, in the order in which they stand in the table. */
    enum PartKind {
        VERSION, NODE, SENTENCE, MODEL, FIGURE, CONCERN, SCALE, CHART, KIND, CAPTION, SHOWN, X, Y, COLUMN, LINE
    }

    /**
     * A row of the second table.
     *
     * @param chart number of its chart
     * @param line number of the line that it is a point of; -1: a row of the chart's table
     * @param texts its texts, null where there are fewer
     * @param numbers its numbers, NaN where there are fewer
     */
    record Mark(int chart, int line, String[] texts, double[] numbers) {
    }

    private static final TableLayout<Part> PARTS = new TableLayout<Part>("Parts")
        .text("Part", p -> p.kind.name()).text("Name", Part::name).text("Text", Part::text).text("Units", Part::units)
        .limit("Number", Part::number).limit("Lower", Part::lower).limit("Upper", Part::upper);
    private static final TableLayout<Mark> MARKS = marks();

    private PictureTables() {
    }

    private static TableLayout<Mark> marks() {
        final TableLayout<Mark> layout = new TableLayout<Mark>("Marks").count("Chart", Mark::chart).count("Line", Mark::line);
        for (int i = 0; i < TEXTS; i++) {
            final int index = i;
            layout.text("Text " + i, m -> m.texts[index]);
        }
        for (int i = 0; i < NUMBERS; i++) {
            final int index = i;
            layout.limit("Number " + i, m -> m.numbers[index]);
        }
        return layout;
    }

    /**
     * @param exec where tables are made
     * @param picture what is kept
     * @return the tables
     * @throws CanceledExecutionException if the user cancelled
     */
    public static BufferedDataTable[] write(final ExecutionContext exec, final Picture picture)
        throws CanceledExecutionException {
        return new BufferedDataTable[] {TableWriter.write(exec, PARTS, parts(picture)),
            TableWriter.write(exec, MARKS, marks(picture))};
    }

    private static List<Part> parts(final Picture picture) {
        final List<Part> parts = new ArrayList<>();
        parts.add(new Part(PartKind.VERSION, "", "", "", picture.version(), Double.NaN, Double.NaN));
        parts.add(Part.of(PartKind.NODE, picture.node(), ""));
        parts.add(Part.of(PartKind.SENTENCE, "", picture.overview().sentence()));
        parts.add(Part.of(PartKind.MODEL, "", picture.overview().model()));
        for (final Figure figure : picture.overview().figures()) {
            parts.add(new Part(PartKind.FIGURE, figure.name(), figure.note(), "", figure.value(), figure.lower(),
                figure.upper()));
        }
        picture.overview().concerns().forEach(c -> parts.add(Part.of(PartKind.CONCERN, "", c)));
        parts.add(new Part(PartKind.SCALE, picture.scale().name(), picture.scale().response(), "",
            picture.scale().centre(), picture.scale().unit(), Double.NaN));
        picture.charts().forEach(c -> addChart(c, parts));
        return parts;
    }

    private static void addChart(final Chart chart, final List<Part> parts) {
        parts.add(new Part(PartKind.CHART, chart.id(), chart.title(), chart.topic().name(), Double.NaN, Double.NaN,
            Double.NaN));
        parts.add(Part.of(PartKind.KIND, chart.kind(), ""));
        parts.add(Part.of(PartKind.CAPTION, "", chart.caption()));
        parts.add(Part.of(PartKind.SHOWN, "", chart.shown()));
        parts.add(new Part(PartKind.X, "", chart.x().title(), chart.x().units().name(), Double.NaN, Double.NaN,
            Double.NaN));
        parts.add(new Part(PartKind.Y, "", chart.y().title(), chart.y().units().name(), Double.NaN, Double.NaN,
            Double.NaN));
        int texts = 0;
        int numbers = 0;
        for (final Column column : chart.columns()) {
            final int place = column.texts() != null ? -1 - texts++ : numbers++;
            parts.add(new Part(PartKind.COLUMN, column.role(), column.heading(), column.units().name(), place,
                Double.NaN, Double.NaN));
        }
        for (final Line line : chart.lines()) {
            parts.add(Part.of(PartKind.LINE, line.name(), ""));
        }
    }

    private static List<Mark> marks(final Picture picture) {
        final List<Mark> marks = new ArrayList<>();
        for (int c = 0; c < picture.charts().size(); c++) {
            final Chart chart = picture.charts().get(c);
            for (int row = 0; row < chart.rows(); row++) {
                final Mark mark = mark(c, -1);
                int texts = 0;
                int numbers = 0;
                for (final Column column : chart.columns()) {
                    if (column.texts() != null) {
                        mark.texts[texts++] = column.texts().get(row);
                    } else {
                        mark.numbers[numbers++] = column.numbers()[row];
                    }
                }
                marks.add(mark);
            }
            for (int l = 0; l < chart.lines().size(); l++) {
                final Line line = chart.lines().get(l);
                for (int i = 0; i < line.x().length; i++) {
                    final Mark mark = mark(c, l);
                    mark.numbers[0] = line.x()[i];
                    mark.numbers[1] = line.y()[i];
                    marks.add(mark);
                }
            }
        }
        return marks;
    }

    private static Mark mark(final int chart, final int line) {
        final double[] numbers = new double[NUMBERS];
        Arrays.fill(numbers, Double.NaN);
        return new Mark(chart, line, new String[TEXTS], numbers);
    }

    /**
     * @param tables what {@link #write} gave
     * @return the picture; null if the tables are of another version
     */
    public static Picture read(final BufferedDataTable... tables) {
        return new PictureReader(tables).picture();
    }
}
