package dev.mixedmodels.knime.oneway;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.LeftOutRows;
import dev.mixedmodels.engine.frame.RowWeights;
import dev.mixedmodels.engine.model.RowFingerprint;
import dev.mixedmodels.engine.oneway.FittedValues;
import dev.mixedmodels.engine.oneway.GroupStatistics;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.picture.ObservationChart;
import dev.mixedmodels.engine.picture.RandomInterceptPicture;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.knime.settings.MissingValuesMode;
import dev.mixedmodels.knime.table.GroupColumn;
import dev.mixedmodels.knime.table.RowReader;
import dev.mixedmodels.knime.table.TableWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;

/** The two passes over the input of a one-way model: statistics by group, then fitted values. No row is kept. */
final class GroupedReading {
    private final BufferedDataTable table;
    private final String response;
    private final String group;
    private final String weights;
    private final int responseIndex;
    private final int groupIndex;
    private final int weightIndex;
    private final GroupColumn groups;
    private final GroupStatistics statistics;
    private final Map<String, Long> missing = new LinkedHashMap<>();
    private final RowFingerprint.Builder rows = new RowFingerprint.Builder();
    private long leftOut;
    private long weightless;

    /** The column of weights is null for none. */
    GroupedReading(final BufferedDataTable table, final String response, final String group, final String weights) {
        this.table = table;
        this.response = response;
        this.group = group;
        this.weights = weights;
        statistics = weights == null ? new GroupStatistics() : GroupStatistics.weighted(weights);
        responseIndex = table.getDataTableSpec().findColumnIndex(response);
        groupIndex = table.getDataTableSpec().findColumnIndex(group);
        weightIndex = weights == null ? -1 : table.getDataTableSpec().findColumnIndex(weights);
        groups = new GroupColumn(table.getDataTableSpec().getColumnSpec(groupIndex));
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
        final double weight = cell == null ? 1 : cell.isMissing() ? Double.NaN : ((DoubleValue) cell).getDoubleValue();
        if (RowWeights.isWrong(weight)) {
            throw new ModelException(
                RowWeights.wrong(weights, weight, 0).message(rows -> new String[] {row.getKey().getString()}));
        }
        return weight;
    }

    /** First pass. */
    GroupedData statistics(final MissingValuesMode mode, final Progress progress, final Warnings warnings)
        throws CanceledExecutionException {
        RowReader.forEach(table, columns(), progress, "Reading rows", row -> {
            final double y = RowReader.number(row.getCell(responseIndex));
            final DataCell level = row.getCell(groupIndex);
            final double weight = weight(row);
            if (Double.isNaN(y) || level.isMissing() || !(weight > 0)) {
                leaveOut(row, y, level, weight, mode);
                return;
            }
            if (weights == null) {
                statistics.add(groups.add(level), y);
            } else {
                statistics.add(groups.add(level), y, weight);
            }
            rows.add(y, row.getKey().getString());
        });
        final String message = LeftOutRows.message(leftOut, table.size(), missing, weights, weightless);
        if (!message.isEmpty()) {
            warnings.add(message + ".");
        }
        return new GroupedData(statistics, groups.levels().names(), groups.levels().order(), leftOut);
    }

    private void leaveOut(final DataRow row, final double y, final DataCell level, final double weight,
        final MissingValuesMode mode) {
        final List<String> lacking = new ArrayList<>();
        if (Double.isNaN(y)) {
            lacking.add(response);
        }
        if (level.isMissing()) {
            lacking.add(group);
        }
        if (Double.isNaN(weight)) {
            lacking.add(weights);
        }
        if (mode == MissingValuesMode.FAIL && !lacking.isEmpty()) {
            throw RowReader.missing(row, lacking.get(0));
        }
        leftOut++;
        weightless += weight == 0 ? 1 : 0;
        lacking.forEach(column -> missing.merge(column, 1L, Long::sum));
    }

    /** Second pass: the table of fitted values, one row per input row or, where it is not written, none. */
    BufferedDataTable fittedValues(final FittedValues fitted, final boolean written,
        final RandomInterceptPicture picture, final ExecutionContext exec, final Progress progress) throws CanceledExecutionException {
        final ObservationChart shown = picture.observations();
        final List<String> names = groups.levels().names();
        final boolean[] wanted = new boolean[statistics.groups()];
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
