package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;

/** From when the dates of columns are counted: the first of each. */
final class DateOrigins {
    private DateOrigins() {
    }

    /** By name of each column of dates that has any, such as {@code days from 2020-01-01}. */
    static Map<String, String> of(final BufferedDataTable table, final List<DataColumnSpec> columns, final TimeUnitMode unit,
        final Progress progress) throws CanceledExecutionException {
        final List<String> dates =
            columns.stream().filter(ColumnChecks::isDate).map(DataColumnSpec::getName).toList();
        final int[] indices = dates.stream().mapToInt(table.getDataTableSpec()::findColumnIndex).toArray();
        final LocalDateTime[] first = new LocalDateTime[indices.length];
        if (indices.length > 0) {
            RowReader.forEach(table, indices, progress, "Reading dates", row -> {
                for (int c = 0; c < indices.length; c++) {
                    final DataCell cell = row.getCell(indices[c]);
                    final LocalDateTime date = cell.isMissing() ? null : CellReader.date(cell);
                    first[c] = first[c] == null || date != null && date.isBefore(first[c]) ? date : first[c];
                }
            });
        }
        final Map<String, String> origins = new HashMap<>();
        for (int c = 0; c < first.length; c++) {
            if (first[c] != null) {
                origins.put(dates.get(c), unit.words() + " from " + (first[c].toLocalTime().equals(LocalTime.MIDNIGHT)
                    ? first[c].toLocalDate().toString() : first[c].toString()));
            }
        }
        return origins;
    }
}
