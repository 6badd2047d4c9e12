package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.marginal.BlockPredictions;
import dev.mixedmodels.engine.marginal.MarginalFit;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Marginal Repeated Measures with a structure over visits: executors pool subjects by pattern of visits, each block
 * having all rows of its subjects, the driver merges the pools, which do not grow with the subjects, and fits;
 * executors predict visits without a response and tell fitted values.
 */
final class MarginalRepeatedMeasures implements ClusterModel {
    private final MarginalSettings settings;
    private final boolean fittedValues;
    private final NeededColumns columns;
    private final ModelColumns known;

    /** Throws if the settings are impossible or do not fit the columns of the table. */
    MarginalRepeatedMeasures(final StructType table, final SettingValues values) {
        settings = MarginalSettings.of(values, Arrays.asList(table.fieldNames())::contains);
        requirePatterns();
        fittedValues = ClusterModel.writesFittedValues(values);
        final MarginalSettings.Layout layout = settings.layout();
        final List<String> nominal = new ArrayList<>(values.texts("nominalColumns"));
        final List<String> others = Stream.of(layout.visit(), layout.structureBy()).filter(Objects::nonNull).toList();
        others.forEach(column -> InputColumn.grouping(table, column, column.equals(layout.visit()) ? "visit"
            : "grouping of the covariance"));
        columns = NeededColumns.of(table, settings.formula(), nominal, layout.subject(), layout.time(),
            settings.options().weights(), others).withWholeUnits();
        final Set<String> used = new LinkedHashSet<>(settings.formula().columns());
        Stream.of(layout.subject(), layout.visit(), layout.time(), layout.structureBy()).filter(Objects::nonNull)
            .forEach(used::add);
        if (layout.visit() != null && !layout.visit().equals(layout.time())) {
            nominal.add(layout.visit());
        }
        known = ModelColumns.of(ModelKind.MARGINAL, settings.formula().response().column(), used,
            InputColumn.kinds(table)).withMean(settings.formula(), nominal);
    }

    /** Whether sums over patterns of visits are all that the model needs of the rows. */
    private void requirePatterns() {
        if (Stream.concat(Stream.of(settings.structure()), settings.compareStructures().stream())
            .anyMatch(structure -> structure.overPlaces() != null)) {
            throw new ModelException("Structures over times or places need all rows at once, which no executor has. On "
                + "Spark choose structures over visits, or fit a sample on one machine.");
        }
        if (settings.inference().fixedCovariance().sandwich()
            || settings.inference().influence() != InfluenceMethod.NONE) {
            throw new ModelException("Sandwich standard errors and the influence of subjects need all rows at once, "
                + "which no executor has. On Spark leave them out, or fit a sample on one machine.");
        }
    }

    @Override
    public NeededColumns columns() {
        return columns;
    }

    @Override
    public FittedTables fit(final SparkRows rows, final Progress progress, final Warnings warnings) {
        final Units subjects = rows.numberUnits(MarginalModel.usedRows(settings));
        final MarginalFit fit = MarginalModel.fitted(settings, rows, progress, warnings);
        final ModelTables tables = fit.fit().tables();
        final Broadcast<BlockPredictions> blocks = rows.broadcast(fit.blocks());
        final Broadcast<DesignBinder> binder = rows.broadcast(fit.fit().design().binder());
        return new FittedTables(rows, warnings)
            .add(Layouts.FIXED_EFFECTS, tables.fixedEffects())
            .add(Layouts.COVARIANCE_PARAMETERS, tables.covarianceParameters())
            .add(Layouts.BLUPS, fit.blocks().any() ? predictions(rows, subjects, blocks) : rows.none())
            .add(Layouts.COVARIANCE_MATRICES, tables.covarianceMatrices())
            .add(Layouts.MODEL_FIT, tables.modelFit())
            .add(Layouts.FITTED_VALUES, !fittedValues ? rows.none()
                : rows.fitted(nothing -> FittedBlocks.told(blocks.value().begin(true))))
            .add(Layouts.LEAST_SQUARES_MEANS, tables.means())
            .add(Layouts.INFLUENCE, tables.influence())
            .with(known, () -> fit.fit().model().get()
                .withRows(rows.fingerprint(block -> binder.value().bind(block).usedResponses())));
    }

    /** In the order of subjects and visits; the rows of the table are counted once they are there. */
    private static JavaRDD<Row> predictions(final SparkRows rows, final Units subjects,
        final Broadcast<BlockPredictions> blocks) {
        final JavaRDD<Tuple2<Long, Row>> found = rows.ofBlocks((block, names) -> {
            final SparkTable<BlupRow> layout = new SparkTable<>(Layouts.BLUPS);
            final long[] next = {0};
            return blocks.value().predictions(block, names::name).map(predicted -> new Tuple2<>(
                (long) predicted.subject() << Integer.SIZE | next[0]++, layout.row("", predicted.row())));
        });
        final JavaRDD<Row> ordered = rows.keep(OrderedRows.of(found, (long) subjects.withPredicted() << Integer.SIZE));
        return ordered.zipWithIndex().map(row -> SparkTable.withId(row._1, RowNumbers.name(row._2)));
    }
}
