package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.picture.RowSample.Ranked;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.FittedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Observed and fitted courses of some units over a time or a covariate: the units whose rows lie farthest below and
 * above the mean of the model (sum of deviations over the root of their number), and others evenly over the ranks
 * between. Observations are those of the model, so on the
 * scale of a transformed response.
 */
final class CourseChart {
    private static final int UNITS = 240;
    private static final int MOST_ROWS = 12_000;

    private final RowLabels labels;
    private final Fit fit;
    private final String x;
    private final boolean numeric;
    private final String unit;
    private final Map<String, List<BlupRow>> predictions = new HashMap<>();
    private double[] sum = new double[64];
    private int[] count = new int[64];
    private int size;

    /** How what the model says about the rows of a unit is drawn. */
    enum Fit {
        /** A course of its own and one of the mean. */
        CURVES,
        /** Marks, since it depends on other columns too and is no curve. */
        MARKS,
        /** The course of the mean only. */
        MEAN
    }

    private record Point(String unit, double x, String at, double observed, double fitted, double mean,
        double predicted, double lower, double upper) {
    }

    /** The rows of a unit: all, or one in so many if there are very many. */
    private static final class Thinned {
        private final List<Point> points = new ArrayList<>();
        private int step = 1;
        private int met;

        void add(final Point point) {
            if (met++ % step != 0) {
                return;
            }
            points.add(point);
            if (points.size() == MOST_ROWS) {
                step *= 2;
                for (int i = 1; 2 * i < MOST_ROWS; i++) {
                    points.set(i, points.get(2 * i));
                }
                points.subList(MOST_ROWS / 2, MOST_ROWS).clear();
            }
        }
    }

    /**
     * The chart of a grouping factor over a column.
     *
     * @param labels the units, not null
     * @param fit how what the model says is drawn
     */
    CourseChart(final Frame header, final RowLabels labels, final String unit, final String x, final Fit fit) {
        this.fit = fit;
        this.labels = labels;
        this.unit = unit;
        this.x = x;
        numeric = header.column(x).numeric();
    }

    /**
     * The next row of the table.
     *
     * @param code its unit, -1 if the fit does not know it
     */
    void add(final int code, final FittedRow fitted) {
        final double deviation = observed(fitted) - fitted.marginal();
        if (code < 0 || Double.isNaN(deviation)) {
            return;
        }
        if (code >= sum.length) {
            sum = Arrays.copyOf(sum, Math.max(code + 1, sum.length + (sum.length >> 1)));
            count = Arrays.copyOf(count, sum.length);
        }
        size = Math.max(size, code + 1);
        sum[code] += deviation;
        count[code]++;
    }

    /** A prediction of an unobserved visit. */
    void add(final BlupRow prediction) {
        predictions.computeIfAbsent(prediction.level(), l -> new ArrayList<>()).add(prediction);
    }

    private static double observed(final FittedRow row) {
        return (Double.isNaN(row.conditional()) ? row.marginal() : row.conditional()) + row.residual();
    }

    /** The chart, of rows about which the model says something. */
    List<Chart> chart(final FittedParts table, final String response, final int marks) {
        final long observed = Arrays.stream(count).asLongStream().sum();
        if (observed == 0) {
            return List.of();
        }
        final RowSample<Integer> ranked = new RowSample<>(code -> sum[code] / Math.sqrt(count[code]), null);
        for (int code = 0; code < size; code++) {
            ranked.add(code);
        }
        final int most = (int) Math.max(1, Math.min(UNITS, marks / Math.max(1, observed / ranked.count())));
        final Thinned[] rowsOf = new Thinned[size]; // of a unit that is drawn
        final List<Thinned> drawn = new ArrayList<>();
        ranked.thinned(most).stream().map(Ranked::row).forEach(code -> {
            rowsOf[code] = new Thinned();
            drawn.add(rowsOf[code]);
        });
        table.forEach((part, fitted) -> {
            final Column column = part.column(x);
            for (int row = 0; row < part.rows(); row++) {
                final int code = fitted.units().applyAsInt(row);
                if (code >= 0 && code < rowsOf.length && rowsOf[code] != null && !column.missing(row)) {
                    rowsOf[code].add(point(part, row, fitted.rows().apply(row)));
                }
            }
        });
        final List<Point> points = new ArrayList<>();
        for (final Thinned thinned : drawn) {
            final List<Point> own = thinned.points;
            own.sort((a, b) -> Double.compare(a.x, b.x));
            final int kept = Math.min(own.size(), Math.max(2, marks / drawn.size()));
            for (int i = 0; i < kept; i++) {
                points.add(own.get(kept == own.size() ? i : (int) ((i + 0.5) * own.size() / kept)));
            }
        }
        return List.of(chart(points.subList(0, Math.min(marks, points.size())), drawn.size(), ranked.count(),
            response));
    }

    private Point point(final Frame part, final int row, final FittedRow fitted) {
        final String name = labels.name(part, row);
        final Column column = part.column(x);
        final String at = RowLabels.text(column, row);
        final double y = observed(fitted);
        final BlupRow prediction = Double.isNaN(y) ? predictions.getOrDefault(name, List.of()).stream()
            .filter(p -> p.effect().equals(at)).findFirst().orElse(null) : null;
        return new Point(name, column.value(row), at, y, fitted.conditional(), fitted.marginal(),
            prediction == null ? Double.NaN : prediction.blup(), prediction == null ? Double.NaN : prediction.lower(),
            prediction == null ? Double.NaN : prediction.upper());
    }

    private Chart chart(final List<Point> points, final int shown, final long all, final String response) {
        final boolean predicted = points.stream().anyMatch(p -> !Double.isNaN(p.predicted));
        final Chart.Builder chart = Chart.of(Topic.UNITS, "courses", "courses", "Courses of " + unit)
            .caption("Observations of each " + unit + switch (fit) {
                case CURVES -> " with its own fitted course (solid) and the mean of the model for it (dashed)";
                case MARKS -> " (dots) and what the model fits to them (diamonds)";
                case MEAN -> " and the mean of the model for it (dashed)";
            } + (predicted ? "; unobserved visits as predicted, with prediction intervals" : "") + ".")
            .shown(shown, all, "levels of " + unit)
            .x(x, Units.PLAIN).y(response, Units.RESPONSE)
            .texts("unit", unit, points, Point::unit);
        if (numeric) {
            chart.numbers("x", x, Units.PLAIN, points, Point::x);
        } else {
            chart.texts("at", x, points, Point::at);
        }
        chart.numbers("observed", "Observed", Units.RESPONSE, points, Point::observed);
        if (fit != Fit.MEAN) {
            chart.numbers(fit == Fit.MARKS ? "fittedMark" : "fitted", "Fitted (conditional)", Units.RESPONSE, points,
                Point::fitted);
        }
        chart.numbers(fit == Fit.MARKS ? "" : "mean", "Fitted (marginal)", Units.RESPONSE, points, Point::mean);
        if (predicted) {
            chart.numbers("predicted", "Predicted", Units.RESPONSE, points, Point::predicted)
                .numbers("lower", "Lower Bound", Units.RESPONSE, points, Point::lower)
                .numbers("upper", "Upper Bound", Units.RESPONSE, points, Point::upper);
        }
        return chart.build();
    }
}
