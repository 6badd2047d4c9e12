package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.picture.RowSample.Ranked;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Charts of the shrinkage estimates, from the rows of their table as they are written. */
final class ShrinkageCharts {
    private static final int BINS = 30;

    private final String unit;
    private final double quantile;
    private final RowSample<ShrinkageRow> byMean = new RowSample<>(ShrinkageRow::mean, null);
    private final RowSample<ShrinkageRow> byObserved = new RowSample<>(ShrinkageRow::observed, null);
    private double shrinkage;
    private long shrunken;

    /**
     * @param unit what a unit is
     * @param quantile normal quantile of the funnel
     */
    ShrinkageCharts(final String unit, final double quantile) {
        this.unit = unit;
        this.quantile = quantile;
    }

    void add(final ShrinkageRow row) {
        byMean.add(row);
        byObserved.add(row);
        if (!Double.isNaN(row.shrinkage())) {
            shrinkage += row.shrinkage();
            shrunken++;
        }
    }

    double meanShrinkage() {
        return shrunken == 0 ? Double.NaN : shrinkage / shrunken;
    }

    private List<ShrinkageRow> rows(final int most) {
        return byMean.thinned(most).stream().map(Ranked::row).toList();
    }

    private Chart.Builder chart(final String id, final String kind, final String title,
        final List<ShrinkageRow> rows) {
        return Chart.of(Topic.UNITS, id, kind, title).shown(rows.size(), byMean.count(), "units")
            .texts("level", unit, rows, ShrinkageRow::unit);
    }

    /** Where each estimate is pulled to. */
    Chart lines(final int marks) {
        final List<ShrinkageRow> rows = rows(marks / 2);
        return chart("shrinkage", "shrinkage", "Observed and shrunken estimates", rows)
            .caption("Each line leads from a unit's own estimate to its shrunken one. The less is known of a unit, the "
                + "further it is pulled towards the mean of the prior.")
            .y("Estimate", Units.PLAIN)
            .numbers("observed", "Observed", Units.PLAIN, rows, ShrinkageRow::observed)
            .numbers("estimate", "Posterior Mean", Units.PLAIN, rows, ShrinkageRow::mean)
            .numbers("shrinkage", "Shrinkage", Units.PLAIN, rows, ShrinkageRow::shrinkage).build();
    }

    /** Both estimates of each unit with both intervals. */
    Chart forest(final double mean, final int marks) {
        final List<ShrinkageRow> rows = rows(marks / 2);
        final Chart.Builder chart = chart("forest", "caterpillar", "Estimates with intervals", rows)
            .caption("Own estimate of each unit with its confidence interval, and the shrunken one with its posterior "
                + "interval, in the order of the shrunken ones.")
            .x("Estimate", Units.PLAIN)
            .numbers("observed", "Observed", Units.PLAIN, rows, ShrinkageRow::observed)
            .numbers("observedLower", "Observed, lower", Units.PLAIN, rows,
                ShrinkageRow::observedLower)
            .numbers("observedUpper", "Observed, upper", Units.PLAIN, rows,
                ShrinkageRow::observedUpper)
            .numbers("estimate", "Posterior Mean", Units.PLAIN, rows, ShrinkageRow::mean)
            .numbers("lower", "Lower Bound", Units.PLAIN, rows, ShrinkageRow::lower)
            .numbers("upper", "Upper Bound", Units.PLAIN, rows, ShrinkageRow::upper);
        return Double.isFinite(mean) ? chart.line(Line.vertical("Prior mean", mean)).build() : chart.build();
    }

    /** Ranks with intervals; none where they were not computed. */
    List<Chart> ranks(final int marks) {
        final List<ShrinkageRow> rows =
            rows(marks).stream().filter(r -> !Double.isNaN(r.rank())).toList();
        return rows.isEmpty() ? List.of() : List.of(chart("ranks", "caterpillar", "Ranks with intervals", rows)
            .caption("Expected rank of each unit among all (1 = smallest) with its posterior interval. Wide intervals "
                + "say that a league table tells little.")
            .x("Rank", Units.PLAIN)
            .numbers("estimate", "Rank", Units.PLAIN, rows, ShrinkageRow::rank)
            .numbers("lower", "Rank Lower Bound", Units.PLAIN, rows, ShrinkageRow::rankLower)
            .numbers("upper", "Rank Upper Bound", Units.PLAIN, rows, ShrinkageRow::rankUpper).build());
    }

    /** Estimates against their standard errors. */
    Chart funnel(final double mean, final int marks) {
        final List<ShrinkageRow> rows = byObserved.thinned(marks).stream().map(Ranked::row).toList();
        final double most = rows.stream().mapToDouble(ShrinkageRow::observedStdError).max().orElse(0);
        final Chart.Builder chart = Chart.of(Topic.ASSUMPTIONS, "funnel", "scatter", "Funnel plot")
            .caption("Estimates against their standard errors. Without differences between units most lie within the "
                + "funnel about the prior mean; if they do not lie evenly on both sides, ask which units are missing.")
            .shown(rows.size(), byObserved.count(), "units")
            .x("Observed estimate", Units.PLAIN).y("Standard error", Units.PLAIN)
            .texts("label", unit, rows, ShrinkageRow::unit)
            .numbers("x", "Observed", Units.PLAIN, rows, ShrinkageRow::observed)
            .numbers("y", "Std. Error (observed)", Units.PLAIN, rows, ShrinkageRow::observedStdError);
        return Double.isFinite(mean) ? chart.line(new Line("Chance alone",
            new double[] {mean - quantile * most, mean, mean + quantile * most}, new double[] {most, 0, most})).build()
            : chart.build();
    }

    /** A histogram of the observed estimates under the density of the prior, if that is known. */
    List<Chart> histogram(final PriorDensity density, final int marks) {
        final double[] values = byObserved.thinned(marks).stream().mapToDouble(r -> r.row().observed()).toArray();
        if (values.length < 2 || !(values[values.length - 1] > values[0])) {
            return List.of();
        }
        final double[] edges = edges(values);
        final int bins = edges.length - 1;
        final double width = edges[1] - edges[0];
        final double[] height = new double[bins];
        for (final double value : values) {
            height[Math.min(bins - 1, (int) ((value - edges[0]) / width))] += 1 / (width * values.length);
        }
        final List<Integer> rows = IntStream.range(0, bins).boxed().toList();
        final Chart.Builder chart = Chart.of(Topic.VARIANCES, "prior", "histogram", "Prior and observed estimates")
            .caption("Density of the estimated prior, from which the true values come, over a histogram of the "
            + "observed estimates. These spread more than the true values, for they contain the sampling error.")
            .shown(values.length, byObserved.count(), "units")
            .x("Estimate", Units.PLAIN).y("Density", Units.PLAIN)
            .numbers("lower", "From", Units.PLAIN, rows, i -> edges[i])
            .numbers("upper", "To", Units.PLAIN, rows, i -> edges[i + 1])
            .numbers("y", "Density of observed", Units.PLAIN, rows, i -> height[i]);
        final List<ShrinkageRow> all = new ArrayList<>(byMean.thinned(BINS * 10).stream().map(Ranked::row).toList());
        density.line(all, values[0], values[values.length - 1]).ifPresent(chart::line);
        return List.of(chart.build());
    }

    /** Round edges of about sqrt(n) bins. */
    private static double[] edges(final double[] sorted) {
        final double range = sorted[sorted.length - 1] - sorted[0];
        final double wish = range / Math.max(5, Math.min(BINS, Math.ceil(Math.sqrt(sorted.length))));
        final double power = Math.pow(10, Math.floor(Math.log10(wish)));
        final double width = power * (wish / power > 5 ? 10 : wish / power > 2 ? 5 : wish / power > 1 ? 2 : 1);
        final double from = Math.floor(sorted[0] / width) * width;
        final int bins = (int) Math.max(1, Math.floor((sorted[sorted.length - 1] - from) / width) + 1);
        return IntStream.rangeClosed(0, bins).mapToDouble(i -> from + i * width).toArray();
    }
}
