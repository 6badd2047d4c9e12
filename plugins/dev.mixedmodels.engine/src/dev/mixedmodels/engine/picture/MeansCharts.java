package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.result.MeansRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Least-squares means with their intervals, from table 7. */
final class MeansCharts {
    private static final int MOST = 6;
    private static final String EQUAL = "other nominal columns are weighted equally";

    private MeansCharts() {
    }

    /** One chart per term: its levels, or its levels as curves over the visits at which they are given. */
    static List<Chart> of(final Iterable<MeansRow> means, final String response, final int marks) {
        return of(means, response, EQUAL, MOST, marks);
    }

    /**
     * The same with other weights.
     *
     * @param weighted how other nominal columns are weighted
     * @param most so many charts at most
     */
    static List<Chart> of(final Iterable<MeansRow> means, final String response, final String weighted, final int most,
        final int marks) {
        final Map<String, List<MeansRow>> byTerm = new LinkedHashMap<>();
        for (final MeansRow row : means) {
            if (row.type().equals("Mean")) {
                byTerm.computeIfAbsent(row.term() + (row.at().isEmpty() ? "" : " at " + column(row.at())),
                    t -> new ArrayList<>()).add(row);
            }
        }
        return byTerm.entrySet().stream().limit(most)
            .map(e -> chart(e.getKey(), e.getValue(), response, weighted, marks)).toList();
    }

    private static Chart chart(final String term, final List<MeansRow> all, final String response,
        final String weighted, final int marks) {
        final List<MeansRow> rows = all.subList(0, Math.min(marks, all.size()));
        final boolean over = !rows.get(0).at().isEmpty();
        return Chart.of(Topic.MEANS, "means", "curves", "Least-squares means of " + term).of(term)
            .caption("Adjusted means with confidence intervals; " + weighted
                + ", numeric ones stand at their mean. Whether two means differ, the differences in the table of "
                + "least-squares means say, not the overlap of intervals.")
            .shown(rows.size(), all.size(), "means")
            .x(over ? column(rows.get(0).at()) : rows.get(0).term(), Units.PLAIN).y(response, Units.RESPONSE)
            .texts("series", rows.get(0).term(), rows, r -> over ? r.level() : "Mean")
            .texts("at", over ? column(rows.get(0).at()) : "Level", rows, r -> over ? value(r.at()) : r.level())
            .numbers("y", "Estimate", Units.RESPONSE, rows, MeansRow::estimate)
            .numbers("lower", "Lower Bound", Units.RESPONSE, rows, r -> finite(r.lower()))
            .numbers("upper", "Upper Bound", Units.RESPONSE, rows, r -> finite(r.upper())).build();
    }

    /** A one-sided interval has a bound that is none. */
    static double finite(final double bound) {
        return Double.isInfinite(bound) ? Double.NaN : bound;
    }

    /** The mean over time with a band, where the model has such a course. */
    static List<Chart> course(final List<MeansRow> course, final String response) {
        if (course.isEmpty()) {
            return List.of();
        }
        final List<MeansRow> rows = new ArrayList<>(course);
        rows.sort(Comparator.comparing(r -> course.stream().map(MeansRow::level).toList().indexOf(r.level())));
        final String factor = rows.get(0).term();
        final String time = column(rows.get(0).at());
        return List.of(Chart.of(Topic.MEANS, "course", "curves", factor.isEmpty() ? "Mean course"
            : "Mean course by " + factor)
            .caption("Mean of the response over " + time + " with pointwise confidence limits; " + EQUAL
                + ", numeric ones stand at their mean.")
            .x(time, Units.PLAIN).y(response, Units.RESPONSE)
            .texts("series", factor.isEmpty() ? "" : factor, rows, r -> factor.isEmpty() ? "Mean" : r.level())
            .numbers("x", time, Units.PLAIN, rows, r -> Double.parseDouble(value(r.at())))
            .numbers("y", "Estimate", Units.RESPONSE, rows, MeansRow::estimate)
            .numbers("lower", "Lower Bound", Units.RESPONSE, rows, MeansRow::lower)
            .numbers("upper", "Upper Bound", Units.RESPONSE, rows, MeansRow::upper).build());
    }

    /** "visit = 3": the column. */
    private static String column(final String at) {
        final int equals = at.lastIndexOf(" = ");
        return equals < 0 ? at : at.substring(0, equals);
    }

    private static String value(final String at) {
        final int equals = at.lastIndexOf(" = ");
        return equals < 0 ? at : at.substring(equals + " = ".length());
    }
}
