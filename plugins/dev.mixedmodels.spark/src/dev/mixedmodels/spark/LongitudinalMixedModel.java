package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.frame.Parts;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.longitudinal.SubjectPart;
import dev.mixedmodels.engine.longitudinal.SubjectPredictions;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Longitudinal Mixed Model with independent residuals: levels and cross-products are gathered by the executors in one
 * pass each and merged by the driver. What each subject needs stays with them: an evaluation of the likelihood brings
 * back sums over their subjects, and BLUPs and fitted values are theirs too.
 */
final class LongitudinalMixedModel implements ClusterModel {
    private final LongitudinalSettings settings;
    private final boolean fittedValues;
    private final NeededColumns columns;
    private final ModelColumns known;

    /** Throws if the settings are impossible or do not fit the columns of the table. */
    LongitudinalMixedModel(final StructType table, final SettingValues values) {
        settings = LongitudinalSettings.of(values, Arrays.asList(table.fieldNames())::contains);
        if (settings.covariance().residual() != ResidualStructure.INDEPENDENT || settings.covariance().varianceBy() != null
            || settings.covariance().powerOf() != null) {
            throw new ModelException("On Spark residuals are independent and have one variance so far. Leave correlations "
                + "and variances of residuals out, or fit the model on one machine.");
        }
        fittedValues = ClusterModel.writesFittedValues(values);
        final List<String> nominal = values.texts("nominalColumns");
        final String subject = settings.formula().random().isEmpty() ? settings.layout().subject()
            : settings.formula().random().get(0).grouping().columns().get(0);
        columns = NeededColumns.of(table, settings.formula(), nominal, subject, settings.layout().time(),
            settings.options().weights(), List.of());
        final Set<String> used = new LinkedHashSet<>(settings.formula().columns());
        used.add(subject);
        Stream.ofNullable(settings.layout().time()).forEach(used::add);
        known = ModelColumns.of(ModelKind.LONGITUDINAL, settings.formula().response().column(), used,
            InputColumn.kinds(table)).withMean(settings.formula(), nominal);
    }

    @Override
    public NeededColumns columns() {
        return columns;
    }

    @Override
    public FittedTables fit(final SparkRows rows, final Progress progress, final Warnings warnings) {
        final Units subjects = rows.numberUnits(LongitudinalModel.usedRows(settings));
        final LongitudinalFit fit = LongitudinalModel.fit(settings, rows, progress, warnings);
        final ModelTables tables = fit.tables(progress, warnings);
        final JavaRDD<SubjectPart> parts = parts(rows, subjects, fit.subjects());
        final Broadcast<SubjectPredictions> predictions = rows.broadcast(fit.predictions());
        final Broadcast<DesignBinder> binder = rows.broadcast(fit.design().binder());
        return new FittedTables(rows, warnings)
            .add(Layouts.FIXED_EFFECTS, tables.fixedEffects())
            .add(Layouts.COVARIANCE_PARAMETERS, tables.covarianceParameters())
            .add(Layouts.BLUPS, blups(parts, subjects, predictions))
            .add(Layouts.COVARIANCE_MATRICES, tables.covarianceMatrices())
            .add(Layouts.MODEL_FIT, tables.modelFit())
            .add(Layouts.FITTED_VALUES, fittedValues ? fittedValues(rows, parts, predictions) : rows.none())
            .add(Layouts.LEAST_SQUARES_MEANS, tables.means())
            .add(Layouts.INFLUENCE, tables.influence())
            .with(known, () -> fit.stored(tables)
                .withRows(rows.fingerprint(block -> binder.value().bind(block).usedResponses())));
    }

    /** The subjects of each partition; if the driver has them, because all of their cross-products are needed, from there. */
    private static JavaRDD<SubjectPart> parts(final SparkRows rows, final Units subjects, final Parts<SubjectPart> found) {
        if (found.only() == null) {
            return ((SparkParts<SubjectPart>) found).parts();
        }
        final Broadcast<SubjectPart> all = rows.broadcast(found.only());
        return subjects.parts().map(names -> all.value().some(names.numbers()));
    }

    private static JavaRDD<Row> blups(final JavaRDD<SubjectPart> parts, final Units subjects,
        final Broadcast<SubjectPredictions> predictions) {
        return OrderedRows.of(parts.zipPartitions(subjects.parts(), (part, names) -> {
            final SparkTable<BlupRow> layout = new SparkTable<>(Layouts.BLUPS);
            return predictions.value().blups(part.next(), names.next()::name).flatMap(blups -> IntStream
                .range(0, blups.rows().size()).mapToObj(effect -> {
                    final long place = (long) blups.subject() * blups.rows().size() + effect;
                    return new Tuple2<>(place, layout.row(RowNumbers.name(place), blups.rows().get(effect)));
                })).iterator();
        }), (long) subjects.count() * predictions.value().effects());
    }

    private static JavaRDD<Row> fittedValues(final SparkRows rows, final JavaRDD<SubjectPart> parts,
        final Broadcast<SubjectPredictions> predictions) {
        return rows.fitted(parts, part -> FittedBlocks.told(predictions.value().fittedRows(part.next())));
    }
}
