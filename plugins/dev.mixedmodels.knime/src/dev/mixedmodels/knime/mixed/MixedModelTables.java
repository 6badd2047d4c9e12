package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.model.RowFingerprint;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.picture.MixedModelPicture;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.node.ModelUse.Output;
import dev.mixedmodels.knime.node.Ports;
import dev.mixedmodels.knime.table.RowReader;
import dev.mixedmodels.knime.table.TableCells;
import dev.mixedmodels.knime.table.TableWriter;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.port.PortObjectSpec;

/** The outputs of a model with least-squares means: eight tables and the model. */
public final class MixedModelTables {
    private static final int TABLES = 8;

    /**
     * What the engine found.
     *
     * @param tables the output tables but for the fitted values
     * @param fitted what the model says about the row of an index
     * @param written whether there is a table of that
     * @param design tells what rows were used
     * @param model gives the model without its data
     */
    public record Fit(ModelTables tables, IntFunction<FittedRow> fitted, boolean written, ModelDesign design,
        Supplier<StoredModel> model) {
    }

    private MixedModelTables() {
    }

    /**
     * @param model what is known of the model
     * @return what is known of all outputs
     */
    public static PortObjectSpec[] specs(final MixedModelPortObjectSpec model) {
        return Ports.specs(TableCells.specs(Layouts.MODEL_WITH_MEANS), model);
    }

    /**
     * Writes the tables.
     *
     * @param exec where tables are made
     * @param input the input table
     * @param spec what is known of the model
     * @param fit what the engine found
     * @param picture gathers what the view shows
     * @param progress progress of the writing
     * @param warnings what the user should know
     * @return the data of each output port, and what the view shows
     * @throws CanceledExecutionException if the user cancelled
     */
    public static Output write(final ExecutionContext exec, final BufferedDataTable input,
        final MixedModelPortObjectSpec spec, final Fit fit, final MixedModelPicture picture, final Progress progress,
        final Warnings warnings) throws CanceledExecutionException {
        progress.report(0, "Writing tables");
        final BufferedDataTable[] all = Arrays.copyOf(TableWriter.write(exec, fit.tables, picture::add), TABLES);
        final RowFingerprint.Builder rows = new RowFingerprint.Builder();
        all[TABLES - 3] = fittedValues(exec, input, fit, picture, rows, progress.sub(0.5, 0.9));
        all[TABLES - 2] = TableWriter.write(exec, Layouts.LEAST_SQUARES_MEANS, fit.tables.means());
        all[TABLES - 1] = TableWriter.write(exec, Layouts.INFLUENCE, fit.tables.influence());
        progress.report(0.9, "The model");
        final StoredModel model = fit.model.get().withRows(rows.build());
        progress.report(0.95, "What the view shows");
        return new Output(Ports.outputs(all, new MixedModelPortObject(spec, model)),
            picture.picture(fit.tables, fit.fitted, warnings.list()));
    }

    private static BufferedDataTable fittedValues(final ExecutionContext exec, final BufferedDataTable input,
        final Fit fit, final MixedModelPicture picture, final RowFingerprint.Builder rows, final Progress progress)
        throws CanceledExecutionException {
        final IntToDoubleFunction used = fit.design.usedResponses();
        try (TableWriter<FittedRow> writer = new TableWriter<>(exec, Layouts.FITTED_VALUES, fit.written)) {
            final int[] next = {0};
            RowReader.forEach(input, new int[0], progress, "Writing fitted values", row -> {
                final int index = next[0]++;
                final FittedRow values = fit.fitted.apply(index);
                writer.add(row.getKey(), values);
                picture.add(values);
                final double response = used.applyAsDouble(index);
                if (!Double.isNaN(response)) {
                    rows.add(response, row.getKey().getString());
                }
            });
            return writer.table();
        }
    }
}
