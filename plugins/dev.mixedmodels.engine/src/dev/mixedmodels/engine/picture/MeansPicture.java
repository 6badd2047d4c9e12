package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.result.MeansRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The picture of means, slopes and what is compared of them, from their table.
 *
 * @param response name of the response
 * @param weighted how nominal columns are weighted over which means are taken, such as {@code other nominal columns
 *            are weighted equally}
 * @param rows the table
 */
public record MeansPicture(String response, String weighted, List<MeansRow> rows) {
    private static final int MOST = 24;
    private static final int FIGURES = 3;

    /**
     * @param node name of the node
     * @param sentence what was computed from which model
     * @param model the model in words
     * @param warnings the node's warnings
     * @return the picture
     */
    public Picture picture(final String node, final String sentence, final String model, final List<String> warnings) {
        final ChartMakers charts = new ChartMakers();
        charts.add(marks -> MeansCharts.of(rows, response, weighted, MOST, marks));
        charts.add(marks -> intervals("Slope", "Slopes of ", "Slope", "Slopes with confidence intervals.", marks));
        charts.add(marks -> intervals("Difference", "Differences between levels of ", "Difference",
            "Differences with confidence intervals, each by itself; the adjusted p-value of a single one is in the "
            + "table.", marks));
        charts.add(marks -> intervals("Contrast", "Contrasts of ", "Contrast",
            "Contrasts with confidence intervals, each by itself.", marks));
        return Picture.of(node, new Overview(sentence, model, figures(), warnings), Scale.none(response), charts);
    }

    /** The first means, or slopes, and the first differences. */
    private List<Figure> figures() {
        final List<Figure> figures = new ArrayList<>();
        for (final boolean compared : new boolean[] {false, true}) {
            rows.stream().filter(row -> compares(row) == compared && Double.isFinite(row.estimate())).limit(FIGURES)
                .forEach(row -> figures.add(new Figure(row.type() + ": " + label(row), row.estimate(),
                    MeansCharts.finite(row.lower()), MeansCharts.finite(row.upper()),
                    compared ? "p = " + probability(row.adjustedPValue()) : row.term())));
        }
        return figures;
    }

    private static boolean compares(final MeansRow row) {
        return !row.type().equals("Mean") && !row.type().equals("Slope");
    }

    private static String probability(final double p) {
        return Double.isNaN(p) ? "missing" : p < 1e-4 ? "below 0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }

    private static String label(final MeansRow row) {
        final String level = row.level().isEmpty() ? row.term() : row.level();
        return (row.against().isEmpty() ? level : level + " - " + row.against())
            + (row.at().isEmpty() ? "" : " (" + row.at() + ")");
    }

    /** One chart per term: a row for each, with its interval. */
    private List<Chart> intervals(final String type, final String title, final String axis, final String caption,
        final int marks) {
        final Map<String, List<MeansRow>> byTerm = new LinkedHashMap<>();
        rows.stream().filter(row -> row.type().equals(type))
            .forEach(row -> byTerm.computeIfAbsent(row.term(), term -> new ArrayList<>()).add(row));
        return byTerm.entrySet().stream().limit(MOST).map(entry -> {
            final List<MeansRow> all = entry.getValue();
            final List<MeansRow> shown = all.subList(0, Math.min(marks, all.size()));
            final Chart.Builder chart = Chart.of(Topic.MEANS, type, "caterpillar", title + entry.getKey())
                .of(entry.getKey()).caption(caption).shown(shown.size(), all.size(), "rows")
                .x(axis, type.equals("Slope") ? Units.PLAIN : Units.DIFFERENCE)
                .texts("level", axis, shown, MeansPicture::label)
                .numbers("estimate", "Estimate", Units.DIFFERENCE, shown, MeansRow::estimate)
                .numbers("lower", "Lower Bound", Units.DIFFERENCE, shown, row -> MeansCharts.finite(row.lower()))
                .numbers("upper", "Upper Bound", Units.DIFFERENCE, shown, row -> MeansCharts.finite(row.upper()))
                .numbers("", "p-value", Units.PLAIN, shown, MeansRow::pValue);
            if (!type.equals("Slope")) {
                chart.numbers("", "Adjusted p-value", Units.PLAIN, shown, MeansRow::adjustedPValue);
            }
            return chart.line(Line.vertical("0", 0)).build();
        }).toList();
    }
}
