package dev.mixedmodels.knime.oneway;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.model.RowFingerprint;
import dev.mixedmodels.engine.oneway.FittedValues;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.GroupedRows;
import dev.mixedmodels.engine.picture.ObservationChart;
import dev.mixedmodels.engine.picture.RandomInterceptPicture;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.knime.table.GroupColumn;
import dev.mixedmodels.knime.table.RowReader;
import dev.mixedmodels.knime.table.TableWriter;
import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;

/** The two passes over the input of a one-way model: statistics by group, then fitted values. No row is kept. */
final class GroupedReading {
    private static final int RESPONSE = 0;
    private static final int GROUP = 1;
    private static final int WEIGHT = 2;

    private final BufferedDataTable table;
    private final int[] columns;
    private final GroupColumn groups;
    private final GroupedRows grouped;
    private final RowFingerprint.Builder rows = new RowFingerprint.Builder();

    /** The table has the columns of the rows. */
    GroupedReading(final BufferedDataTable table, final GroupedRows grouped) {
        this.table = table;
        this.grouped = grouped;
        columns = grouped.columns().stream().mapToInt(table.getDataTableSpec()::findColumnIndex).toArray();
        groups = new GroupColumn(table.getDataTableSpec().getColumnSpec(columns[GROUP]), grouped.levels());
    }

    /** Which rows were used, after the first pass. */
    RowFingerprint rows() {
        return rows.build();
    }

    /** The weight of a row; NaN if it is missing. */
    private double weight(final DataRow row) {
        if (columns.length <= WEIGHT) {
            return 1;
        }
        final DataCell cell = row.getCell(columns[WEIGHT]);
        return cell.isMissing() ? Double.NaN : ((DoubleValue) cell).getDoubleValue();
    }

    /** First pass. */
    GroupedData statistics(final Progress progress, final Warnings warnings) throws CanceledExecutionException {
        final int[] next = {0};
        RowReader.forEach(table, columns, progress, "Reading rows", row -> {
            final double y = RowReader.number(row.getCell(columns[RESPONSE]));
            final DataCell level = row.getCell(columns[GROUP]);
            final double weight = weight(row);
            if (grouped.takes(next[0]++, y, !level.isMissing(), weight)) {
                grouped.add(groups.add(level), y, weight);
                rows.add(y, row.getKey().getString());
            }
        });
        return grouped.data(warnings);
    }

    /** Second pass: the table of fitted values, one row per input row or, where it is not written, none. */
    BufferedDataTable fittedValues(final FittedValues fitted, final boolean written,
        final RandomInterceptPicture picture, final ExecutionContext exec, final Progress progress)
        throws CanceledExecutionException {
        final ObservationChart shown = picture.observations();
        final List<String> names = groups.levels().names();
        final boolean[] wanted = new boolean[grouped.statistics().groups()];
        for (int g = 0; g < wanted.length; g++) {
            wanted[g] = shown.wants(names.get(g));
        }
        try (TableWriter<FittedRow> writer = new TableWriter<>(exec, Layouts.FITTED_VALUES, written)) {
            RowReader.forEach(table, columns, progress, "Writing fitted values", row -> {
                final DataCell level = row.getCell(columns[GROUP]);
                final int group = level.isMissing() ? -1 : groups.find(level);
                final double y = RowReader.number(row.getCell(columns[RESPONSE]));
                final double weight = weight(row);
                final FittedRow values =
                    level.isMissing() ? FittedRow.MISSING : fitted.next(group, y, weight);
                writer.add(row.getKey(), values);
                picture.add(values);
                if (group >= 0 && group < wanted.length && wanted[group] && !Double.isNaN(y) && weight > 0) {
                    shown.add(names.get(group), y);
                }
            });
            return writer.table();
        }
    }
}
