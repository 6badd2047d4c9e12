package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LeftOutRows;
import dev.mixedmodels.engine.frame.LevelIndex;
import dev.mixedmodels.engine.frame.MissingValues;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.RowWeights;
import dev.mixedmodels.engine.result.FittedRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** What one pass over the rows tells of the groups, which are numbered as they appear; no row is kept. */
public final class GroupedRows implements Fold<GroupedRows> {
    private static final long serialVersionUID = 1L;

    private final String response;
    private final String group;
    private final String weights;
    private final MissingValues mode;
    private final LevelIndex levels = new LevelIndex();
    private final GroupStatistics statistics;
    private final Map<String, Long> missing = new HashMap<>();
    private long rows;
    private long leftOut;
    private long weightless;

    /**
     * @param values settings by the keys of the node
     * @return no rows yet
     * @throws dev.mixedmodels.engine.common.ModelException if a value is impossible
     */
    public static GroupedRows of(final SettingValues values) {
        return new GroupedRows(values.text("response"), values.text("group"), values.textOrNull("weights"),
            values.choice("missingValues", MissingValues.class));
    }

    /**
     * @param response name of the response
     * @param group name of the grouping column
     * @param weights name of the column of weights; null for none
     * @param mode what happens to rows with missing values
     */
    public GroupedRows(final String response, final String group, final String weights, final MissingValues mode) {
        this.response = response;
        this.group = group;
        this.weights = weights;
        this.mode = mode;
        statistics = weights == null ? new GroupStatistics() : GroupStatistics.weighted(weights);
    }

    @Override
    public GroupedRows fresh() {
        return new GroupedRows(response, group, weights, mode);
    }

    /**
     * @return names of the response, the grouping column and, if there is one, the column of weights
     */
    public List<String> columns() {
        return weights == null ? List.of(response, group) : List.of(response, group, weights);
    }

    /**
     * Counts a row.
     *
     * @param row its place, for messages
     * @param y its response, NaN if it is missing
     * @param level whether it has a group
     * @param weight its weight, NaN if it is missing; 1 without weights
     * @return whether it enters the fit and is to be added
     * @throws dev.mixedmodels.engine.common.ModelException if its weight is negative or infinite, or if it lacks a
     *             value and missing values are refused
     */
    public boolean takes(final int row, final double y, final boolean level, final double weight) {
        rows++;
        if (RowWeights.isWrong(weight)) {
            throw RowWeights.wrong(weights, weight, row);
        }
        if (isUsed(y, level, weight)) {
            return true;
        }
        final List<String> lacking = new ArrayList<>();
        if (Double.isNaN(y)) {
            lacking.add(response);
        }
        if (!level) {
            lacking.add(group);
        }
        if (Double.isNaN(weight)) {
            lacking.add(weights);
        }
        if (mode == MissingValues.FAIL && !lacking.isEmpty()) {
            throw ModelFrame.missing(row, lacking.get(0));
        }
        leftOut++;
        weightless += weight == 0 ? 1 : 0;
        lacking.forEach(column -> missing.merge(column, 1L, Long::sum));
        return false;
    }

    private static boolean isUsed(final double y, final boolean level, final double weight) {
        return !Double.isNaN(y) && level && weight > 0;
    }

    /**
     * @param block rows
     * @return by row of the block its response; NaN if the row is not in the fit
     */
    public IntToDoubleFunction usedResponses(final Frame block) {
        final Column y = block.numeric(response);
        final Column level = block.column(group);
        final Column weight = weights == null ? null : block.numeric(weights);
        return row -> isUsed(y.value(row), !level.missing(row), weight == null ? 1 : weight.value(row)) ? y.value(row)
            : Double.NaN;
    }

    /**
     * Adds a row that enters the fit.
     *
     * @param level number of its group
     * @param y its response
     * @param weight its weight; 1 without weights
     */
    public void add(final int level, final double y, final double weight) {
        if (weights == null) {
            statistics.add(level, y);
        } else {
            statistics.add(level, y, weight);
        }
    }

    @Override
    public void add(final Frame block) {
        final Column y = block.numeric(response);
        final Column level = block.column(group);
        final Column weight = weights == null ? null : block.numeric(weights);
        for (int row = 0; row < block.rows(); row++) {
            final double w = weight == null ? 1 : weight.value(row);
            final double value = y.missing(row) ? Double.NaN : y.value(row);
            if (takes(row, value, !level.missing(row), w)) {
                add(levels.add(level, row), value, w);
            }
        }
    }

    /**
     * What a fitted model says of rows, in a second pass.
     *
     * @param values computes fitted values
     * @param block the next rows
     * @return one for each of them
     */
    public List<FittedRow> fitted(final FittedValues values, final Frame block) {
        final Column y = block.numeric(response);
        final Column level = block.column(group);
        final Column weight = weights == null ? null : block.numeric(weights);
        return IntStream.range(0, block.rows()).mapToObj(row -> level.missing(row) ? FittedRow.MISSING
            : values.next(levels.find(level, row), y.missing(row) ? Double.NaN : y.value(row),
                weight == null ? 1 : weight.value(row))).toList();
    }

    @Override
    public void merge(final GroupedRows later) {
        statistics.merge(later.statistics, levels.addAll(later.levels));
        later.missing.forEach((column, count) -> missing.merge(column, count, Long::sum));
        rows += later.rows;
        leftOut += later.leftOut;
        weightless += later.weightless;
    }

    /**
     * @return the groups by number
     */
    public LevelIndex levels() {
        return levels;
    }

    /**
     * @return what is known of each group
     */
    public GroupStatistics statistics() {
        return statistics;
    }

    /**
     * @param warnings takes how many rows were left out and why
     * @return what the model is fitted to
     */
    public GroupedData data(final Warnings warnings) {
        final Map<String, Long> counts = new LinkedHashMap<>(); // in the same order however the rows come
        columns().stream().filter(missing::containsKey)
            .forEach(column -> counts.put(column, missing.get(column)));
        final String message = LeftOutRows.message(leftOut, rows, counts, weights, weightless);
        if (!message.isEmpty()) {
            warnings.add(message + ".");
        }
        return new GroupedData(statistics, levels.names(), levels.order(), leftOut);
    }
}
