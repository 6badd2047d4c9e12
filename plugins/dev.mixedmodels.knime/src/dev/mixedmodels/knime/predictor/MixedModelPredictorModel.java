package dev.mixedmodels.knime.predictor;

import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.prediction.PredictedColumns;
import dev.mixedmodels.engine.prediction.Predictor;
import dev.mixedmodels.engine.prediction.Predictors;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.node.ModelUse;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.table.RowIds;
import dev.mixedmodels.knime.table.TableParts;
import java.util.LinkedHashSet;
import java.util.Set;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.ColumnRearranger;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** Configures and executes the Mixed Model Predictor node. */
final class MixedModelPredictorModel {
    private static final int ROWS_OF_A_PART = 1 << 14;

    private MixedModelPredictorModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final MixedModelPredictorParameters parameters = input.getParameters();
        final MixedModelPortObjectSpec model = input.getInPortSpec(0);
        final DataTableSpec table = input.getInTableSpec(1);
        ModelUse.configure(output, () -> {
            parameters.toSettings();
            model.known().requireKinds(column -> table.containsName(column)
                ? ColumnChecks.kind(table.getColumnSpec(column)) : null);
            if (parameters.randomEffects == RandomEffectsMode.ALL) { // else only the model knows which are not needed
                ModelColumns.require(model.known().columns().stream()
                    .filter(column -> !column.equals(model.known().response())).toList(), table::containsName);
            }
            final ColumnRearranger rearranger = new ColumnRearranger(table);
            rearranger.append(new PredictionCells(null, null, columns(parameters, table, model), null));
            return new PortObjectSpec[] {rearranger.createSpec()};
        });
    }

    private static PredictedColumns columns(final MixedModelPredictorParameters parameters, final DataTableSpec table,
        final MixedModelPortObjectSpec model) {
        return new PredictedColumns(parameters.shown(), parameters.columnName, model.known().response(),
            table::containsName);
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output)
        throws CanceledExecutionException, KNIMEException {
        final MixedModelPredictorParameters parameters = input.getParameters();
        final MixedModelPortObject model = input.getInPortObject(0);
        final BufferedDataTable table = input.getInTable(1);
        ModelUse.execute(input, output, new RowIds(table), run -> {
            final Predictor predictor = Predictors.of(model.model(), parameters.toSettings());
            final DataTableSpec spec = table.getDataTableSpec();
            ModelColumns.require(predictor.columns(), spec::containsName);
            try (PredictionCells cells = new PredictionCells(() -> parts(table, model.model(), predictor), predictor,
                columns(parameters, spec, model.getSpec()), run.progress())) {
                return new ModelUse.Output(new PortObject[] {appended(run, table, cells)}, null);
            }
        });
    }

    private static TableParts parts(final BufferedDataTable table, final StoredModel model, final Predictor predictor) {
        final Set<String> columns = new LinkedHashSet<>(predictor.columns()); // weights may be a covariate too
        predictor.optional().stream().filter(table.getDataTableSpec()::containsName).forEach(columns::add);
        final int rows = predictor.needsAllRows() ? (int) Math.min(table.size(), Integer.MAX_VALUE) : ROWS_OF_A_PART;
        return new TableParts(table, model, columns, rows);
    }

    private static BufferedDataTable appended(final ModelUse.Run run, final BufferedDataTable table,
        final PredictionCells cells) throws CanceledExecutionException {
        final ColumnRearranger rearranger = new ColumnRearranger(table.getDataTableSpec());
        rearranger.append(cells);
        try {
            final BufferedDataTable result =
                run.exec().createColumnRearrangeTable(table, rearranger, run.exec().createSubProgress(1));
            cells.census().report(run.warnings());
            return result;
        } catch (final RuntimeException e) {
            throw cells.failure() == null ? e : cells.failure();
        }
    }
}
