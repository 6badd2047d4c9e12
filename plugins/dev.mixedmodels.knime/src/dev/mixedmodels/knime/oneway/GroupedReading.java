package dev.mixedmodels.knime.oneway;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.MissingValues;
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
    private final BufferedDataTable table;
    private final String weights;
    private final int responseIndex;
    private final int groupIndex;
    private final int weightIndex;
    private final GroupColumn groups;
    private final GroupedRows grouped;
    private final RowFingerprint.Builder rows = new RowFingerprint.Builder();

    /** The column of weights is null for none. */
    GroupedReading(final BufferedDataTable table, final String response, final String group, final String weights,
        final MissingValues missing) {
        this.table = table;
        this.weights = weights;
        grouped = new GroupedRows(response, group, weights, missing);
        responseIndex = table.getDataTableSpec().findColumnIndex(response);
        groupIndex = table.getDataTableSpec().findColumnIndex(group);
        weightIndex = weights == null ? -1 : table.getDataTableSpec().findColumnIndex(weights);
        groups = new GroupColumn(table.getDataTableSpec().getColumnSpec(groupIndex), grouped.levels());
    }

    /** Which rows were used, after the first pass. */
    RowFingerprint rows() {
        return rows.build();
    }

    private int[] columns() {
        return weights == null ? new int[] {responseIndex, groupIndex}
            : new int[] {responseIndex, groupIndex, weightIndex};
    }

    /** The weight of a row; NaN if it is missing. */
    private double weight(final DataRow row) {
        final DataCell cell = weights == null ? null : row.getCell(weightIndex);
        return cell == null ? 1 : cell.isMissing() ? Double.NaN : ((DoubleValue) cell).getDoubleValue();
    }

    /** First pass. */
    GroupedData statistics(final Progress progress, final Warnings warnings) throws CanceledExecutionException {
        final int[] next = {0};
        RowReader.forEach(table, columns(), progress, "Reading rows", row -> {
            final double y = RowReader.number(row.getCell(responseIndex));
            final DataCell level = row.getCell(groupIndex);
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
        final RandomInterceptPicture picture, final ExecutionContext exec, final Progress progress) throws CanceledExecutionException {
        final ObservationChart shown = picture.observations();
        final List<String> names = groups.levels().names();
        final boolean[] wanted = new boolean[grouped.statistics().groups()];
        for (int g = 0; g < wanted.length; g++) {
            wanted[g] = shown.wants(names.get(g));
        }
        try (TableWriter<FittedRow> writer = new TableWriter<>(exec, Layouts.FITTED_VALUES, written)) {
            RowReader.forEach(table, columns(), progress, "Writing fitted values", row -> {
                final DataCell level = row.getCell(groupIndex);
                final int group = level.isMissing() ? -1 : groups.find(level);
                final double y = RowReader.number(row.getCell(responseIndex));
                final double weight = weight(row);
                final FittedRow values =
                    level.isMissing() || !(weight > 0) ? FittedRow.MISSING : fitted.next(group, y, weight);
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
