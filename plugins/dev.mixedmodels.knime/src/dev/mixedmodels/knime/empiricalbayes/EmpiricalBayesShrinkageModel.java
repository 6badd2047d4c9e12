package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayes;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesResult;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings;
import dev.mixedmodels.engine.empiricalbayes.UnitColumns;
import dev.mixedmodels.engine.empiricalbayes.UnitModel;
import dev.mixedmodels.engine.empiricalbayes.ShrunkenUnits;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.RowFingerprint;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.picture.EmpiricalBayesPicture;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.engine.result.ShrinkageRow;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.node.LearnerNode;
import dev.mixedmodels.knime.node.ModelUse.Output;
import dev.mixedmodels.knime.node.LearnerNode.Run;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import dev.mixedmodels.knime.node.Ports;
import dev.mixedmodels.knime.table.TableSource;
import dev.mixedmodels.knime.table.TableCells;
import dev.mixedmodels.knime.table.TableWriter;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObjectSpec;

/** Connects the table to the engine's empirical Bayes model. */
final class EmpiricalBayesShrinkageModel {
    static final LearnerNode<EmpiricalBayesShrinkageParameters> NODE =
        new LearnerNode<>(EmpiricalBayesShrinkageModel::check, EmpiricalBayesShrinkageModel::run);

    private EmpiricalBayesShrinkageModel() {
    }

    private static PortObjectSpec[] check(final EmpiricalBayesShrinkageParameters parameters, final DataTableSpec spec)
        throws InvalidSettingsException {
        return Ports.specs(TableCells.specs(Layouts.EMPIRICAL_BAYES),
            modelSpec(new EmpiricalBayesSettingsReader(parameters).model(spec).columns(), spec));
    }

    private static MixedModelPortObjectSpec modelSpec(final UnitColumns columns, final DataTableSpec spec) {
        // names of units and their frequencies are not needed of others
        return new MixedModelPortObjectSpec(ModelColumns.of(ModelKind.EMPIRICAL_BAYES, columns.observed(),
            Stream.concat(Stream.of(columns.observed()), columns.needed().stream()).toList(),
            MixedModelPortObjectSpec.kinds(spec)));
    }

    private static Output run(final Run<EmpiricalBayesShrinkageParameters> run)
        throws CanceledExecutionException, InvalidSettingsException {
        final BufferedDataTable table = run.table();
        final UnitModel chosen = new EmpiricalBayesSettingsReader(run.parameters()).model(table.getDataTableSpec());
        final ExecutionContext exec = run.exec();
        final Progress progress = run.progress();
        final Warnings warnings = run.warnings();
        final UnitColumns columns = chosen.columns();
        final EmpiricalBayesSettings settings = chosen.settings();
        final TableSource source =
            new TableSource(table, columns.names(), Set.of(), TimeUnitMode.DAYS, progress.quiet());
        final EmpiricalBayesResult result =
            EmpiricalBayes.fit(chosen, source, progress.sub(0, 0.7), warnings);
        progress.report(0.7, "Writing tables");
        final BufferedDataTable[] tables = new BufferedDataTable[6];
        tables[0] = TableWriter.write(exec, Layouts.FIXED_EFFECTS, result.tables().fixedEffects());
        tables[1] = TableWriter.write(exec, Layouts.COVARIANCE_PARAMETERS, result.tables().covarianceParameters());
        tables[3] = TableWriter.write(exec, Layouts.COVARIANCE_MATRICES, result.tables().covarianceMatrices());
        tables[4] = TableWriter.write(exec, Layouts.MODEL_FIT, result.tables().modelFit());
        final EmpiricalBayesPicture picture = new EmpiricalBayesPicture(
            columns.unit() == null ? "Row" : columns.unit(), columns.observed(), settings.confidence(),
            scale(settings));
        final RowFingerprint.Builder rows = new RowFingerprint.Builder();
        writeUnits(run, source, result, picture, columns.observed(), rows, tables);
        final MixedModelPortObject model = new MixedModelPortObject(modelSpec(columns, table.getDataTableSpec()),
            StoredModel.of(result).withRows(rows.build()));
        return new Output(Ports.outputs(tables, model), picture.picture(result.tables().fixedEffects(),
            result.tables().covarianceParameters(), result.tables().modelFit(), warnings.list()));
    }

    /** What true values are multiplied by before they are shown; NaN where they are transformed otherwise. */
    private static double scale(final EmpiricalBayesSettings settings) {
        return switch (settings.display()) {
            case AS_IS -> 1;
            case RATE_PER -> settings.ratePer();
            default -> Double.NaN;
        };
    }

    /** The two tables with one row per input row, in one pass over it. */
    private static void writeUnits(final Run<EmpiricalBayesShrinkageParameters> run, final TableSource source,
        final EmpiricalBayesResult result, final EmpiricalBayesPicture picture, final String observed,
        final RowFingerprint.Builder rows, final BufferedDataTable[] tables) throws CanceledExecutionException {
        final Function<Frame, ShrunkenUnits> parts = result.rule().begin();
        try (TableWriter<ShrinkageRow> shrinkage = new TableWriter<>(run.exec(), Layouts.SHRINKAGE);
            TableWriter<FittedRow> fitted =
                new TableWriter<>(run.exec(), Layouts.FITTED_VALUES, run.parameters().fittedValues.written())) {
            source.forEach(run.progress().sub(0.75, 0.95), (part, keys) -> {
                final ShrunkenUnits units = parts.apply(part);
                final Column own = part.numeric(observed);
                for (int row = 0; row < keys.size(); row++) {
                    final ShrinkageRow estimate = units.shrinkage(row);
                    final FittedRow values = units.fitted(row);
                    shrinkage.add(keys.get(row), estimate);
                    fitted.add(keys.get(row), values);
                    picture.add(estimate);
                    picture.add(values);
                    if (units.isUsed(row)) {
                        rows.add(own.value(row), keys.get(row).getString());
                    }
                }
            });
            tables[2] = shrinkage.table();
            tables[5] = fitted.table();
        }
    }
}
