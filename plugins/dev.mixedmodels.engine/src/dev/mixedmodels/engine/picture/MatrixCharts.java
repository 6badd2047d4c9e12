package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.result.CovarianceEntryRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Correlation matrices as heat maps, and the standard deviations on their diagonals, from table 4. */
final class MatrixCharts {
    private MatrixCharts() {
    }

    /** The entries of a matrix by block, in the order of the table. */
    static Map<String, List<CovarianceEntryRow>> blocks(final Iterable<CovarianceEntryRow> entries,
        final String matrix) {
        final Map<String, List<CovarianceEntryRow>> blocks = new LinkedHashMap<>();
        for (final CovarianceEntryRow entry : entries) {
            if (entry.matrix().equals(matrix)) {
                blocks.computeIfAbsent(entry.block(), b -> new ArrayList<>()).add(entry);
            }
        }
        return blocks;
    }

    /**
     * A heat map of correlations.
     *
     * @param entries all entries of one block
     */
    static Chart heatMap(final String title, final String caption, final String block,
        final List<CovarianceEntryRow> entries, final int marks) {
        final Set<String> names = new LinkedHashSet<>();
        entries.forEach(e -> names.add(e.row()));
        final int side = (int) Math.sqrt(marks);
        final Set<String> kept = new LinkedHashSet<>(List.copyOf(names).subList(0, Math.min(side, names.size())));
        final List<CovarianceEntryRow> rows =
            entries.stream().filter(e -> kept.contains(e.row()) && kept.contains(e.column())).toList();
        return Chart.of(Topic.VARIANCES, "correlations", "heatmap", title).of(block).caption(caption)
            .shown(kept.size(), names.size(), "rows")
            .texts("row", "Row", rows, CovarianceEntryRow::row)
            .texts("column", "Column", rows, CovarianceEntryRow::column)
            .numbers("value", "Correlation", Units.PLAIN, rows, CovarianceEntryRow::correlation)
            .numbers("covariance", "Covariance", Units.VARIANCE, rows, CovarianceEntryRow::covariance).build();
    }

    /** Standard deviations along the diagonals, one curve per block. */
    static Chart deviations(final String axis, final Map<String, List<CovarianceEntryRow>> blocks) {
        final List<CovarianceEntryRow> rows = blocks.values().stream().flatMap(List::stream)
            .filter(e -> e.row().equals(e.column())).toList();
        return Chart.of(Topic.VARIANCES, "deviations", "curves", "Standard deviation by " + axis)
            .caption("Standard deviation of the response about its mean. Level: the same at every " + axis
                + "; rising: differences grow.")
            .x(axis, Units.PLAIN).y("Standard deviation", Units.DIFFERENCE)
            .texts("series", "Block", rows, CovarianceEntryRow::block)
            .texts("at", axis, rows, CovarianceEntryRow::row)
            .numbers("y", "Std. Deviation", Units.DIFFERENCE, rows, e -> Math.sqrt(e.covariance())).build();
    }
}
