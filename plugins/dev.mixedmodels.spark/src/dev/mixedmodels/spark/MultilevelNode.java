package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.StructType;

/**
 * Multilevel Model: what each unit and pair of units needs is gathered by the executors and merged by the driver, which
 * fits; the executors tell fitted values. Rows are brought together by the column that all levels begin with. Where
 * levels are crossed there is none, and one executor tells the rows in the order of the table, for each normalised
 * residual depends on those of linked units before it.
 */
final class MultilevelNode implements ClusterModel {
    private final MultilevelSettings settings;
    private final boolean fittedValues;
    private final NeededColumns columns;
    private final ModelColumns known;

    /** Throws if the settings are impossible or do not fit the columns of the table. */
    MultilevelNode(final StructType table, final SettingValues values) {
        settings = MultilevelSettings.of(values, Arrays.asList(table.fieldNames())::contains);
        fittedValues = ClusterModel.writesFittedValues(values);
        final Formula formula = settings.model().formula();
        if (formula.random().isEmpty()) {
            throw new ModelException("No level is chosen. Set at least one column that says which unit a row belongs to.");
        }
        final Set<String> units = new LinkedHashSet<>();
        final Set<String> outermost = new LinkedHashSet<>();
        for (final RandomTerm term : formula.random()) {
            units.addAll(term.grouping().columns());
            outermost.add(term.grouping().columns().get(0));
        }
        units.forEach(unit -> InputColumn.grouping(table, unit, "level"));
        final List<String> nominal = values.texts("nominalColumns");
        final NeededColumns together = NeededColumns.of(table, formula, nominal, outermost.iterator().next(), null,
            settings.options().weights(), List.copyOf(units));
        columns = outermost.size() == 1 ? together : new NeededColumns(together.all(), null, null);
        known = ModelColumns.of(ModelKind.MULTILEVEL, formula.response().column(), formula.columns(),
            InputColumn.kinds(table)).withMean(formula, nominal);
    }

    @Override
    public NeededColumns columns() {
        return columns;
    }

    @Override
    public FittedTables fit(final SparkRows rows, final Progress progress, final Warnings warnings) {
        final ModelFit fit = MultilevelModel.fit(settings, rows, progress, warnings);
        final ModelTables tables = fit.tables();
        final Broadcast<ModelFit.Parts> parts = rows.broadcast(fit.parts());
        final SparkRows.Fitting<Void> fitting = nothing -> FittedBlocks.told(parts.value().begin(true));
        return new FittedTables(rows, warnings)
            .add(Layouts.FIXED_EFFECTS, tables.fixedEffects())
            .add(Layouts.COVARIANCE_PARAMETERS, tables.covarianceParameters())
            .add(Layouts.BLUPS, tables.blups())
            .add(Layouts.COVARIANCE_MATRICES, tables.covarianceMatrices())
            .add(Layouts.MODEL_FIT, tables.modelFit())
            .add(Layouts.FITTED_VALUES, !fittedValues ? rows.none()
                : columns.unit() == null ? rows.fittedInOrder(fitting) : rows.fitted(fitting))
            .add(Layouts.LEAST_SQUARES_MEANS, tables.means())
            .add(Layouts.INFLUENCE, tables.influence())
            .with(known, () -> fit.model().get()
                .withRows(rows.fingerprint(block -> parts.value().begin(false).apply(block).responses())));
    }
}
