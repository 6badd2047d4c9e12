package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.List;

/** What the variance consists of, from table 2. */
final class VarianceCharts {
    private VarianceCharts() {
    }

    /** The shares of the intercept and residual variances, which add up to 1, as one bar. */
    static Chart split(final List<CovarianceParameterRow> parameters, final String bar) {
        final List<CovarianceParameterRow> rows = parameters.stream().filter(p -> !Double.isNaN(p.share())).toList();
        return Chart.of(Topic.VARIANCES, "variance", "bars", "Split of the variance")
            .caption("Which share of the variance of a row lies between units of each level, and which within.")
            .x("Share of variance, %", Units.PLAIN)
            .texts("level", "", rows, r -> bar)
            .texts("series", "Source", rows, VarianceCharts::source)
            .numbers("value", "Share, %", Units.PLAIN, rows, r -> 100 * r.share())
            .numbers("", "Variance", Units.VARIANCE, rows, CovarianceParameterRow::estimate)
            .numbers("", "Lower Bound", Units.VARIANCE, rows, CovarianceParameterRow::lower)
            .numbers("", "Upper Bound", Units.VARIANCE, rows, CovarianceParameterRow::upper)
            .numbers("", "Std. Deviation", Units.DIFFERENCE, rows, CovarianceParameterRow::stdDeviation).build();
    }

    private static String source(final CovarianceParameterRow row) {
        return row.group().equals("Residual") ? "Residual (within)" : "Between " + row.group();
    }
}
