package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.model.FittedStart;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Longitudinal Mixed Model with independent residuals: levels, cross-products and what each subject needs are gathered
 * by the executors in one pass each and merged by the driver, which fits; the executors tell fitted values.
 */
final class LongitudinalMixedModel implements ClusterModel {
    private final LongitudinalSettings settings;
    private final boolean fittedValues;
    private final List<InputColumn> columns = new ArrayList<>();
    private final InputColumn subject;
    private final InputColumn time;

    /** Throws if the settings are impossible or do not fit the columns of the table. */
    LongitudinalMixedModel(final StructType table, final SettingValues values) {
        settings = LongitudinalSettings.of(values, Arrays.asList(table.fieldNames())::contains);
        if (settings.covariance().residual() != ResidualStructure.INDEPENDENT || settings.covariance().varianceBy() != null
            || settings.covariance().powerOf() != null) {
            throw new ModelException("On Spark residuals are independent and have one variance so far. Leave correlations "
                + "and variances of residuals out, or fit the model on one machine.");
        }
        fittedValues = ClusterModel.writesFittedValues(values);
        final Set<String> nominal = Set.copyOf(values.texts("nominalColumns"));
        final String unit = settings.formula().random().isEmpty() ? settings.layout().subject()
            : settings.formula().random().get(0).grouping().columns().get(0);
        final Set<String> names = new LinkedHashSet<>(settings.formula().columns());
        subject = InputColumn.grouping(table, unit == null ? "" : unit, "subject");
        names.add(unit);
        InputColumn.numeric(table, settings.formula().response().column(), "response");
        if (settings.layout().time() != null) {
            names.add(settings.layout().time());
        }
        if (settings.options().weights() != null) {
            names.add(InputColumn.numeric(table, settings.options().weights(), "weights").name());
        }
        for (final String name : names) {
            final InputColumn column = InputColumn.of(table, name, "a part of the model");
            columns.add(nominal.contains(name) ? InputColumn.grouping(table, name, "categories").asNominal() : column);
        }
        time = settings.layout().time() == null ? null
            : InputColumn.numeric(table, settings.layout().time(), "time");
    }

    @Override
    public FittedTables fit(final Dataset<Row> table, final Progress progress) {
        final SparkRows rows = new SparkRows(table, columns, subject.name(), time == null ? null : time.name());
        try {
            final Warnings warnings = new Warnings();
            final LongitudinalFit fit = LongitudinalModel.fit(settings, rows, progress, warnings);
            final ModelTables tables = fit.tables(progress, warnings);
            return new FittedTables(table.sparkSession(), warnings.list(), rows::close)
                .add(Layouts.FIXED_EFFECTS, tables.fixedEffects())
                .add(Layouts.COVARIANCE_PARAMETERS, tables.covarianceParameters())
                .add(Layouts.BLUPS, tables.blups())
                .add(Layouts.COVARIANCE_MATRICES, tables.covarianceMatrices())
                .add(Layouts.MODEL_FIT, tables.modelFit())
                .add(Layouts.FITTED_VALUES, fittedValues ? fittedValues(table, rows, fit.fittedStart()) : rows.none())
                .add(Layouts.LEAST_SQUARES_MEANS, tables.means())
                .add(Layouts.INFLUENCE, tables.influence());
        } catch (final Exception e) { // Spark's own are checked and not declared
            rows.close();
            throw e;
        }
    }

    private static JavaRDD<Row> fittedValues(final Dataset<Row> table, final SparkRows rows, final FittedStart start) {
        final Broadcast<FittedStart> all =
            JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext()).broadcast(start);
        return rows.fitted(nothing -> {
            final var next = all.value().get();
            return block -> {
                final FittedPart part = next.apply(block);
                return IntStream.range(0, block.rows()).mapToObj(part.rows()).toList();
            };
        });
    }
}
