package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayes;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesResult;
import dev.mixedmodels.engine.empiricalbayes.Family;
import dev.mixedmodels.engine.empiricalbayes.ShrinkageRule;
import dev.mixedmodels.engine.empiricalbayes.ShrunkenUnits;
import dev.mixedmodels.engine.empiricalbayes.UnitColumns;
import dev.mixedmodels.engine.empiricalbayes.UnitModel;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.engine.result.TableLayout;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Empirical Bayes Shrinkage: executors check the units, the driver has what the likelihood needs of each, two numbers or
 * little more, and fits; executors tell shrinkage estimates and fitted values by the prior. Rows stay where they are.
 */
final class EmpiricalBayesShrinkage implements ClusterModel {
    private final UnitModel model;
    private final boolean fittedValues;
    private final NeededColumns columns;
    private final ModelColumns known;

    /** Throws if the settings are impossible or do not fit the columns of the table. */
    EmpiricalBayesShrinkage(final StructType table, final SettingValues values) {
        model = UnitModel.of(values);
        fittedValues = ClusterModel.writesFittedValues(values);
        columns = new NeededColumns(columns(table), null, null);
        final UnitColumns units = model.columns();
        known = ModelColumns.of(ModelKind.EMPIRICAL_BAYES, units.observed(),
            Stream.concat(Stream.of(units.observed()), units.needed().stream()).toList(), InputColumn.kinds(table));
    }

    private List<InputColumn> columns(final StructType table) {
        final UnitColumns units = model.columns();
        final Family family = model.settings().family();
        final List<InputColumn> figures = new ArrayList<>();
        figures.add(InputColumn.numeric(table, units.observed(), family == Family.GAUSSIAN ? "estimate"
            : family == Family.POISSON_GAMMA ? "count" : "successes"));
        if (units.precision() != null) {
            figures.add(InputColumn.numeric(table, units.precision(), family == Family.POISSON_GAMMA ? "exposure"
                : family == Family.BETA_BINOMIAL ? "trials" : units.isVariance() ? "sampling variance"
                : Double.isNaN(units.pooledVariance()) ? "standard error" : "count"));
        }
        if (units.frequency() != null) {
            figures.add(InputColumn.numeric(table, units.frequency(), "frequency"));
        }
        final Set<InputColumn> all = new LinkedHashSet<>(InputColumn.requireDifferent(figures));
        if (units.unit() != null) {
            all.add(InputColumn.grouping(table, units.unit(), "unit"));
        }
        units.covariates().forEach(name -> all.add(InputColumn.of(table, name, "covariate")));
        return List.copyOf(all);
    }

    @Override
    public NeededColumns columns() {
        return columns;
    }

    @Override
    public FittedTables fit(final SparkRows rows, final Progress progress, final Warnings warnings) {
        final EmpiricalBayesResult result = EmpiricalBayes.fit(model, rows, progress, warnings);
        final Broadcast<ShrinkageRule> rule = rows.broadcast(result.rule());
        return new FittedTables(rows, warnings)
            .add(Layouts.FIXED_EFFECTS, result.tables().fixedEffects())
            .add(Layouts.COVARIANCE_PARAMETERS, result.tables().covarianceParameters())
            .add(Layouts.SHRINKAGE,
                rows.inPlace(block -> told(block, Layouts.SHRINKAGE, units(rule, block)::shrinkage)))
            .add(Layouts.COVARIANCE_MATRICES, result.tables().covarianceMatrices())
            .add(Layouts.MODEL_FIT, result.tables().modelFit())
            .add(Layouts.FITTED_VALUES, !fittedValues ? rows.none()
                : rows.inPlace(block -> told(block, Layouts.FITTED_VALUES, units(rule, block)::fitted)))
            .with(known, () -> StoredModel.of(result)
                .withRows(rows.fingerprint(block -> rule.value().usedResponses(block))));
    }

    private static ShrunkenUnits units(final Broadcast<ShrinkageRule> rule, final RowBlocks.Block block) {
        return rule.value().of(block.frame(), block.numbers()[0]);
    }

    private static <R> Iterator<Row> told(final RowBlocks.Block block, final TableLayout<R> layout,
        final IntFunction<R> records) {
        final SparkTable<R> table = new SparkTable<>(layout);
        return IntStream.range(0, block.numbers().length)
            .mapToObj(row -> table.row(RowNumbers.name(block.numbers()[row]), records.apply(row))).iterator();
    }
}
