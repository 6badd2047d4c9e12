package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.result.CovarianceEntryRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A square matrix whose rows and columns have names.
 *
 * @param names the names
 * @param values the entries
 */
public record NamedMatrix(List<String> names, double[][] values) {
    /**
     * @param entries of the table Covariance matrices
     * @param matrix which of its matrices, of the only block
     * @return it; without rows if the table does not have it
     */
    public static NamedMatrix of(final Iterable<CovarianceEntryRow> entries, final String matrix) {
        final Map<String, Integer> index = new LinkedHashMap<>();
        final List<CovarianceEntryRow> own = new ArrayList<>();
        for (final CovarianceEntryRow entry : entries) {
            if (entry.matrix().equals(matrix)) {
                index.putIfAbsent(entry.row(), index.size());
                own.add(entry);
            }
        }
        final double[][] values = new double[index.size()][index.size()];
        for (final CovarianceEntryRow entry : own) {
            values[index.get(entry.row())][index.get(entry.column())] = entry.covariance();
        }
        return new NamedMatrix(List.copyOf(index.keySet()), values);
    }
}
