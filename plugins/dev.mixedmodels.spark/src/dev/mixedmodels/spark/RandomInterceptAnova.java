package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Warnings;
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
import dev.mixedmodels.spark.SparkRows.Gathered;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Random Intercept ANOVA: each partition sums up its groups once, the driver merges what it needs of them, 48 bytes and
 * the name of a group, and fits; the executors predict groups and rows.
 */
final class RandomInterceptAnova implements ClusterModel {
    private final RandomInterceptSettings settings;
    private final GroupedRows question;
    private final boolean fittedValues;
    private final List<InputColumn> columns = new ArrayList<>();

    /** Throws if the settings are impossible or do not fit the columns of the table. */
    RandomInterceptAnova(final StructType table, final SettingValues values) {
        settings = RandomInterceptSettings.of(values);
        question = GroupedRows.of(values);
        fittedValues = ClusterModel.writesFittedValues(values);
        columns.add(InputColumn.numeric(table, settings.response(), "response"));
        columns.add(InputColumn.grouping(table, settings.group(), "group"));
        if (question.columns().size() > columns.size()) {
            columns.add(InputColumn.numeric(table, question.columns().get(columns.size()), "weights"));
        }
        InputColumn.requireDifferent(columns);
    }

    @Override
    public FittedTables fit(final Dataset<Row> table, final Progress progress) {
        final SparkRows rows = new SparkRows(table, columns, settings.group(), null);
        final JavaRDD<Gathered<GroupedRows>> groups = rows.gather(question).persist(StorageLevel.MEMORY_AND_DISK());
        final Runnable release = () -> {
            groups.unpersist(false);
            rows.close();
        };
        try {
            final Warnings warnings = new Warnings();
            final List<GroupedRows> parts = SparkRows.parts(groups);
            final int[] first = new int[parts.size()]; // number of the first group of each part among all
            for (int p = 1; p < first.length; p++) {
                first[p] = first[p - 1] + parts.get(p - 1).statistics().groups();
            }
            final GroupedRows all = question.fresh();
            parts.forEach(all::merge);
            final GroupedData data = all.data(warnings);
            final RandomInterceptFit fit = RandomInterceptModel.fit(settings, data, progress, warnings);
            final ModelTables tables = fit.tables();
            return new FittedTables(table.sparkSession(), warnings.list(), release)
                .add(Layouts.FIXED_EFFECTS, tables.fixedEffects())
                .add(Layouts.COVARIANCE_PARAMETERS, tables.covarianceParameters())
                .add(Layouts.BLUPS, blups(groups, first, data.order(), fit.predictions()))
                .add(Layouts.COVARIANCE_MATRICES, tables.covarianceMatrices())
                .add(Layouts.MODEL_FIT, tables.modelFit())
                .add(Layouts.FITTED_VALUES, fittedValues ? fittedValues(rows, groups, fit.predictions())
                    : rows.none())
                .add(Layouts.INFLUENCE, tables.influence());
        } catch (final Exception e) { // Spark's own are checked and not declared
            release.run();
            throw e;
        }
    }

    /** In the order of all groups; those of a part have the numbers from its first one on. */
    private static JavaRDD<Row> blups(final JavaRDD<Gathered<GroupedRows>> groups, final int[] first, final int[] order,
        final GroupPredictions predictions) {
        final int[] places = new int[order.length];
        IntStream.range(0, order.length).forEach(place -> places[order[place]] = place);
        final Broadcast<int[]> placeOf = JavaSparkContext.fromSparkContext(groups.context()).broadcast(places);
        final JavaRDD<Tuple2<Long, Row>> rows = groups.mapPartitionsWithIndex((part, gathered) -> {
            final GroupedData data = gathered.next().sums().data(new Warnings());
            final Iterator<BlupRow> blups = predictions.blups(data).iterator();
            final SparkTable<BlupRow> layout = new SparkTable<>(Layouts.BLUPS);
            return Arrays.stream(data.order()).mapToObj(group -> {
                final long place = placeOf.value()[first[part] + group];
                return new Tuple2<>(place, layout.row(RowNumbers.name(place), blups.next()));
            }).iterator();
        }, true);
        return OrderedRows.of(JavaPairRDD.fromJavaRDD(rows), order.length);
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
