package dev.mixedmodels.knime.predictor;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.prediction.Predictor;
import dev.mixedmodels.engine.prediction.Predictors;
import dev.mixedmodels.knime.model.ColumnKind;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.node.ModelUse;
import dev.mixedmodels.knime.table.RowIds;
import dev.mixedmodels.knime.table.TableParts;
import java.util.LinkedHashSet;
import java.util.List;
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
            checkTypes(model, table);
            if (parameters.randomEffects == RandomEffectsMode.ALL) {
                checkPresence(model, table);
            }
            final ColumnRearranger rearranger = new ColumnRearranger(table);
            rearranger.append(new PredictionCells(null, null, new PredictionColumns(parameters, table, model.response()),
                null));
            return new PortObjectSpec[] {rearranger.createSpec()};
        });
    }

    private static void checkTypes(final MixedModelPortObjectSpec model, final DataTableSpec table)
        throws InvalidSettingsException {
        for (final String column : model.columns()) {
            if (table.containsName(column)) {
                final ColumnKind found = ColumnKind.of(table.getColumnSpec(column));
                if (!model.kind(column).takes(found)) {
                    throw new InvalidSettingsException("The column \"" + column + "\" has " + found.words()
                        + ", and the model was fitted to " + model.kind(column).words() + " there. Convert the column, "
                        + "or connect another table.");
                }
            }
        }
    }

    /** The response need not be there; of the others only the model knows which are not needed. */
    private static void checkPresence(final MixedModelPortObjectSpec model, final DataTableSpec table)
        throws InvalidSettingsException {
        require(table, model.columns().stream().filter(column -> !column.equals(model.response())).toList());
    }

    private static void require(final DataTableSpec table, final List<String> columns) throws InvalidSettingsException {
        final List<String> missing = columns.stream().filter(column -> !table.containsName(column)).toList();
        if (!missing.isEmpty()) {
            throw new InvalidSettingsException("The table lacks " + (missing.size() == 1 ? "the column " : "the columns ")
                + Words.quoted(missing) + ", which the model needs. Connect a table with the columns that the model was "
                + "fitted to.");
        }
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output)
        throws CanceledExecutionException, KNIMEException {
        final MixedModelPredictorParameters parameters = input.getParameters();
        final MixedModelPortObject model = input.getInPortObject(0);
        final BufferedDataTable table = input.getInTable(1);
        ModelUse.execute(input, output, new RowIds(table), run -> {
            final Predictor predictor = Predictors.of(model.model(), parameters.toSettings());
            final DataTableSpec spec = table.getDataTableSpec();
            require(spec, List.copyOf(predictor.columns()));
            final PredictionColumns columns = new PredictionColumns(parameters, spec, model.getSpec().response());
            try (PredictionCells cells = new PredictionCells(() -> parts(table, model.model(), predictor), predictor,
                columns, run.progress())) {
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
