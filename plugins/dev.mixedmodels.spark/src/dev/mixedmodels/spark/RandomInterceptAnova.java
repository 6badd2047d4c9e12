package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.oneway.FittedValues;
import dev.mixedmodels.engine.oneway.GroupPredictions;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.GroupedRows;
import dev.mixedmodels.engine.oneway.RandomInterceptFit;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Random Intercept ANOVA: each partition sums up its groups once, the driver merges what it needs of them, 48 bytes and
 * the name of a group, and fits; the executors predict groups and rows.
 */
final class RandomInterceptAnova implements ClusterModel {
    private final RandomInterceptSettings settings;
    private final GroupedRows question;
    private final boolean fittedValues;
    private final NeededColumns columns;
    private final ModelColumns known;

    /** Throws if the settings are impossible or do not fit the columns of the table. */
    RandomInterceptAnova(final StructType table, final SettingValues values) {
        settings = RandomInterceptSettings.of(values);
        question = GroupedRows.of(values);
        fittedValues = ClusterModel.writesFittedValues(values);
        final List<InputColumn> all = new ArrayList<>();
        all.add(InputColumn.numeric(table, settings.response(), "response"));
        all.add(InputColumn.grouping(table, settings.group(), "group"));
        if (question.columns().size() > all.size()) {
            all.add(InputColumn.numeric(table, question.columns().get(all.size()), "weights"));
        }
        columns = new NeededColumns(InputColumn.requireDifferent(all), settings.group(), null);
        known = ModelColumns.of(ModelKind.RANDOM_INTERCEPT, settings.response(),
            List.of(settings.response(), settings.group()), InputColumn.kinds(table));
    }

    @Override
    public NeededColumns columns() {
        return columns;
    }

    @Override
    public FittedTables fit(final SparkRows rows, final Progress progress, final Warnings warnings) {
        final GroupedRows rule = question;
        final JavaRDD<Gathered<GroupedRows>> groups = rows.keep(rows.gather(rule));
        final List<GroupedRows> parts = Gathered.sums(groups);
        final int[] first = new int[parts.size()]; // number of the first group of each part among all
        for (int p = 1; p < first.length; p++) {
            first[p] = first[p - 1] + parts.get(p - 1).statistics().groups();
        }
        final GroupedRows all = rule.fresh();
        parts.forEach(all::merge);
        final GroupedData data = all.data(warnings);
        final RandomInterceptFit fit = RandomInterceptModel.fit(settings, data, progress, warnings);
        final ModelTables tables = fit.tables();
        return new FittedTables(rows, warnings)
            .add(Layouts.FIXED_EFFECTS, tables.fixedEffects())
            .add(Layouts.COVARIANCE_PARAMETERS, tables.covarianceParameters())
            .add(Layouts.BLUPS, blups(groups, first, rows.broadcast(places(data.order())), fit.predictions()))
            .add(Layouts.COVARIANCE_MATRICES, tables.covarianceMatrices())
            .add(Layouts.MODEL_FIT, tables.modelFit())
            .add(Layouts.FITTED_VALUES, fittedValues ? fittedValues(rows, groups, fit.predictions()) : rows.none())
            .add(Layouts.INFLUENCE, tables.influence())
            .with(known, () -> fit.model().get().withRows(rows.fingerprint(rule::usedResponses)));
    }

    /** Where each group stands in their order. */
    private static int[] places(final int[] order) {
        final int[] places = new int[order.length];
        IntStream.range(0, order.length).forEach(place -> places[order[place]] = place);
        return places;
    }

    /** In the order of all groups; those of a part have the numbers from its first one on. */
    private static JavaRDD<Row> blups(final JavaRDD<Gathered<GroupedRows>> groups, final int[] first,
        final Broadcast<int[]> placeOf, final GroupPredictions predictions) {
        final JavaRDD<Tuple2<Long, Row>> rows = groups.mapPartitionsWithIndex((part, gathered) -> {
            final GroupedData data = gathered.next().sums().data(new Warnings());
            final Iterator<BlupRow> blups = predictions.blups(data).iterator();
            final SparkTable<BlupRow> layout = new SparkTable<>(Layouts.BLUPS);
            return Arrays.stream(data.order()).mapToObj(group -> {
                final long place = placeOf.value()[first[part] + group];
                return new Tuple2<>(place, layout.row(RowNumbers.name(place), blups.next()));
            }).iterator();
        }, true);
        return OrderedRows.of(rows, placeOf.value().length);
    }

    private static JavaRDD<Row> fittedValues(final SparkRows rows, final JavaRDD<Gathered<GroupedRows>> groups,
        final GroupPredictions predictions) {
        return rows.fitted(groups, part -> {
            final GroupedRows known = part.next().sums();
            final FittedValues values = predictions.fittedValues(known.data(new Warnings()));
            return block -> known.fitted(values, block);
        });
    }
}
