package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.picture.RowSample.Ranked;
import dev.mixedmodels.engine.result.FittedRow;
import java.util.List;

/** Charts of the residuals, from the rows of the table of fitted values as they are written. */
public final class ResidualCharts {
    /** Standard deviations that differ by less, relative to one another, are the same. */
    private static final double SAME = 1e-9;

    private final RowSample<FittedRow> byResidual = new RowSample<>(FittedRow::residual, null);
    private final RowSample<FittedRow> byPearson = new RowSample<>(FittedRow::pearson, null);
    private final RowSample<FittedRow> byNormalized = new RowSample<>(FittedRow::normalized, null);
    private final boolean marginal;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest;

    /**
     * @param marginal whether residuals are those from the marginal prediction
     */
    public ResidualCharts(final boolean marginal) {
        this.marginal = marginal;
    }

    /**
     * @param row the next row of the table
     */
    public void add(final FittedRow row) {
        byResidual.add(row);
        byPearson.add(row);
        final double deviation = row.residual() / row.pearson();
        if (deviation > 0) {
            least = Math.min(least, deviation);
            greatest = Math.max(greatest, deviation);
        }
        byNormalized.add(row);
    }

    /**
     * Residuals against fitted values; where the model gives rows different variances, over their standard
     * deviations.
     */
    Chart againstFitted(final int marks) {
        final boolean pearson = greatest > (1 + SAME) * least;
        final RowSample<FittedRow> sample = pearson ? byPearson : byResidual;
        final List<FittedRow> rows = sample.thinned(marks).stream().map(Ranked::row).toList();
        final String residual = pearson ? "Pearson Residual" : "Residual";
        final Units units = pearson ? Units.PLAIN : Units.DIFFERENCE;
        final String fitted = marginal ? "Fitted (marginal)" : "Fitted (conditional)";
        return Chart.of(Topic.ASSUMPTIONS, "residuals", "scatter", "Residuals against fitted values")
            .caption("A cloud without a trend or a funnel is as it should be: a bend says that the mean misses "
                + "something, a funnel that the variance is not constant.")
            .shown(rows.size(), sample.count(), "rows")
            .x(fitted, Units.RESPONSE).y(residual, units)
            .numbers("x", fitted, Units.RESPONSE, rows, marginal ? FittedRow::marginal : FittedRow::conditional)
            .numbers("y", residual, units, rows, pearson ? FittedRow::pearson : FittedRow::residual)
            .line(Line.horizontal("0", 0)).build();
    }

    /** Normal quantile plot of the whitened residuals. */
    Chart quantiles(final int marks) {
        final List<Ranked<FittedRow>> rows = byNormalized.thinned(marks);
        final List<Double> x = rows.stream().map(r -> -Tail.normalQuantile(r.probability())).toList();
        return Chart.of(Topic.ASSUMPTIONS, "quantiles", "scatter", "Normal quantiles of residuals").of("residuals")
            .caption("Normalized residuals, which are independent standard normal where mean, covariance and "
                + "distribution are right, against normal quantiles. Single points off the line are outliers, bent "
                + "ends heavy or light tails.")
            .shown(rows.size(), byNormalized.count(), "rows")
            .x("Normal quantile", Units.PLAIN).y("Normalized residual", Units.PLAIN)
            .numbers("x", "Normal quantile", Units.PLAIN, x, Double::doubleValue)
            .numbers("y", "Normalized Residual", Units.PLAIN, rows, r -> r.row().normalized())
            .line(identity(x)).build();
    }

    /** The line y = x over the range of some values. */
    static Line identity(final List<Double> x) {
        final double low = x.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        final double high = x.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        return new Line("Normal distribution", new double[] {low, high}, new double[] {low, high});
    }

    /** Mean of the fitted values over the rows that were kept. */
    double centre() {
        return byResidual.kept().stream().mapToDouble(FittedRow::marginal).average().orElse(Double.NaN);
    }
}
