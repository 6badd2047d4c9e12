package dev.mixedmodels.knime.view;

import dev.mixedmodels.engine.picture.Axis;
import dev.mixedmodels.engine.picture.Chart;
import dev.mixedmodels.engine.picture.Column;
import dev.mixedmodels.engine.picture.Figure;
import dev.mixedmodels.engine.picture.Line;
import dev.mixedmodels.engine.picture.Overview;
import dev.mixedmodels.engine.picture.Picture;
import dev.mixedmodels.engine.picture.Scale;
import dev.mixedmodels.engine.picture.Topic;
import dev.mixedmodels.engine.picture.Units;
import dev.mixedmodels.knime.view.PictureTables.PartKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;

/** Reads the two internal tables of a picture back. */
final class PictureReader {
    private static final int LINE = 1;
    private static final int VALUES = 2;

    private final List<DataRow> parts;
    /** Marks by chart and, within, by line; line -1 is the chart's table. */
    private final Map<Long, Map<Long, List<DataRow>>> marks = new HashMap<>();

    PictureReader(final BufferedDataTable... tables) {
        parts = rows(tables[0]);
        if (tables.length > 1) {
            for (final DataRow row : rows(tables[1])) {
                marks.computeIfAbsent(number(row, 0), c -> new HashMap<>())
                    .computeIfAbsent(number(row, LINE), l -> new ArrayList<>()).add(row);
            }
        }
    }

    private static List<DataRow> rows(final BufferedDataTable table) {
        final List<DataRow> rows = new ArrayList<>();
        try (CloseableRowIterator iterator = table.iterator()) {
            iterator.forEachRemaining(rows::add);
        }
        return rows;
    }

    /** The picture; null if it is of another version. */
    Picture picture() {
        if (parts.isEmpty() || !kind(parts.get(0)).equals(PartKind.VERSION.name())
            || value(parts.get(0), 4) != Picture.VERSION) {
            return null;
        }
        final DataRow scale = of(parts, PartKind.SCALE).findFirst().orElseThrow();
        final List<Figure> figures = of(parts, PartKind.FIGURE)
            .map(p -> new Figure(text(p, 1), value(p, 4), value(p, 5), value(p, 6), text(p, 2))).toList();
        return new Picture(Picture.VERSION, first(parts, PartKind.NODE, p -> text(p, 1)),
            new Overview(first(parts, PartKind.SENTENCE, p -> text(p, 2)), first(parts, PartKind.MODEL, p -> text(p, 2)),
                figures, of(parts, PartKind.CONCERN).map(p -> text(p, 2)).toList()),
            new Scale(text(scale, 1), text(scale, 2), value(scale, 4), value(scale, 5)), charts());
    }

    private List<Chart> charts() {
        final List<Chart> charts = new ArrayList<>();
        for (int from = 0; from < parts.size(); from++) {
            if (kind(parts.get(from)).equals(PartKind.CHART.name())) {
                int to = from + 1;
                while (to < parts.size() && !kind(parts.get(to)).equals(PartKind.CHART.name())) {
                    to++;
                }
                charts.add(chart(parts.subList(from, to), marks.getOrDefault((long) charts.size(), Map.of())));
            }
        }
        return charts;
    }

    private static Chart chart(final List<DataRow> parts, final Map<Long, List<DataRow>> marks) {
        final DataRow head = parts.get(0);
        final List<DataRow> table = marks.getOrDefault(-1L, List.of());
        final List<Column> columns = of(parts, PartKind.COLUMN).map(p -> column(p, table)).toList();
        final List<Line> lines = new ArrayList<>();
        of(parts, PartKind.LINE).forEach(p -> {
            final List<DataRow> points = marks.getOrDefault((long) lines.size(), List.of());
            lines.add(new Line(text(p, 1), numbers(points, 0), numbers(points, 1)));
        });
        return new Chart(text(head, 1), Topic.valueOf(text(head, 3)), first(parts, PartKind.KIND, p -> text(p, 1)),
            text(head, 2), first(parts, PartKind.CAPTION, p -> text(p, 2)),
            first(parts, PartKind.SHOWN, p -> text(p, 2)), first(parts, PartKind.X, PictureReader::axis),
            first(parts, PartKind.Y, PictureReader::axis), columns, lines);
    }

    private static Axis axis(final DataRow part) {
        return new Axis(text(part, 2), Units.valueOf(text(part, 3)));
    }

    private static Column column(final DataRow part, final List<DataRow> table) {
        final int place = (int) value(part, 4);
        return new Column(text(part, 1), text(part, 2), Units.valueOf(text(part, 3)),
            place < 0 ? table.stream().map(r -> text(r, VALUES - 1 - place)).toList() : null,
            place < 0 ? null : numbers(table, place));
    }

    private static double[] numbers(final List<DataRow> rows, final int place) {
        return rows.stream().mapToDouble(r -> value(r, VALUES + PictureTables.TEXTS + place)).toArray();
    }

    private static Stream<DataRow> of(final List<DataRow> parts, final PartKind kind) {
        return parts.stream().filter(p -> kind(p).equals(kind.name()));
    }

    private static <T> T first(final List<DataRow> parts, final PartKind kind, final Function<DataRow, T> value) {
        return of(parts, kind).findFirst().map(value).orElseThrow();
    }

    private static String kind(final DataRow row) {
        return text(row, 0);
    }

    private static long number(final DataRow row, final int column) {
        return ((LongValue) row.getCell(column)).getLongValue();
    }

    private static String text(final DataRow row, final int column) {
        return ((StringValue) row.getCell(column)).getStringValue();
    }

    private static double value(final DataRow row, final int column) {
        final DataCell cell = row.getCell(column);
        return cell.isMissing() ? Double.NaN : ((DoubleValue) cell).getDoubleValue();
    }
}
