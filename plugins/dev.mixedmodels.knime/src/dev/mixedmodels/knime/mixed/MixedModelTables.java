package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.picture.MixedModelPicture;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.knime.node.ModelExecution.Output;
import dev.mixedmodels.knime.table.Layouts;
import dev.mixedmodels.knime.table.RowReader;
import dev.mixedmodels.knime.table.TableWriter;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;

/** The seven output tables of a model with least-squares means. */
public final class MixedModelTables {
    private static final int PORTS = 7;

    private MixedModelTables() {
    }

    /**
     * @return the columns of the tables
     */
    public static DataTableSpec[] specs() {
        final DataTableSpec[] specs = Arrays.copyOf(Layouts.mixedModelSpecs(), PORTS);
        specs[PORTS - 1] = Layouts.LEAST_SQUARES_MEANS.spec();
        return specs;
    }

    /**
     * Writes the tables.
     *
     * @param exec where tables are made
     * @param input the input table
     * @param tables what the engine found
     * @param fitted what the model says about the row of an index
     * @param picture gathers what the view shows
     * @param progress progress of the writing
     * @param warnings what the user should know
     * @return one table per output port, and what the view shows
     * @throws CanceledExecutionException if the user cancelled
     */
    public static Output write(final ExecutionContext exec, final BufferedDataTable input, final ModelTables tables,
        final IntFunction<FittedRow> fitted, final MixedModelPicture picture, final Progress progress,
        final Warnings warnings) throws CanceledExecutionException {
        progress.report(0, "Writing tables");
        final BufferedDataTable[] all = Arrays.copyOf(TableWriter.write(exec, tables, picture::add), PORTS);
        all[PORTS - 2] = fittedValues(exec, input, fitted, picture, progress.sub(0.5, 0.9));
        all[PORTS - 1] = TableWriter.write(exec, Layouts.LEAST_SQUARES_MEANS, tables.means());
        progress.report(0.9, "What the view shows");
        return new Output(all, picture.picture(tables, fitted, warnings.list()));
    }

    private static BufferedDataTable fittedValues(final ExecutionContext exec, final BufferedDataTable input,
        final IntFunction<FittedRow> fitted, final MixedModelPicture picture, final Progress progress)
        throws CanceledExecutionException {
        try (TableWriter<FittedRow> writer = new TableWriter<>(exec, Layouts.FITTED_VALUES)) {
            final int[] next = {0};
            RowReader.forEach(input, new int[0], progress, "Writing fitted values", row -> {
                final FittedRow values = fitted.apply(next[0]++);
                writer.add(row.getKey(), values);
                picture.add(values);
            });
            return writer.table();
        }
    }
}
