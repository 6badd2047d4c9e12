package dev.mixedmodels.knime.node;

import dev.mixedmodels.engine.common.Failures;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.picture.Picture;
import dev.mixedmodels.knime.table.RowIds;
import dev.mixedmodels.knime.view.PictureTables;
import java.util.concurrent.CancellationException;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/**
 * What every node does around its model: errors of the engine become the node's error, a cancelled computation ends as
 * the platform expects, and all warnings go into the one message that the platform keeps.
 */
public final class ModelExecution {
    private ModelExecution() {
    }

    /**
     * What a node gives.
     *
     * @param tables one per output port
     * @param picture what its view shows
     */
    public record Output(BufferedDataTable[] tables, Picture picture) {
    }

    /** Reads the input, fits and writes the tables. */
    @FunctionalInterface
    public interface Body {
        /**
         * @param progress progress of the whole node
         * @param warnings collects what the user should know
         * @return one table per output port, and what the view shows
         * @throws CanceledExecutionException if the user cancelled
         * @throws InvalidSettingsException if the settings do not fit the table
         */
        Output run(Progress progress, Warnings warnings)
            throws CanceledExecutionException, InvalidSettingsException;
    }

    /**
     * Runs a node.
     *
     * @param input the platform's input
     * @param output takes the tables and the warning
     * @param body the node's own work
     * @throws CanceledExecutionException if the user cancelled
     * @throws KNIMEException if the model cannot be fitted to the table with these settings
     */
    public static void run(final ExecuteInput input, final ExecuteOutput output, final Body body)
        throws CanceledExecutionException, KNIMEException {
        final Warnings warnings = new Warnings();
        final ExecutionProgress progress = new ExecutionProgress(input.getExecutionContext());
        try {
            final Output made = body.run(progress, warnings);
            output.setOutData(made.tables);
            output.setInternalData(PictureTables.write(input.getExecutionContext(), made.picture));
        } catch (final InvalidSettingsException e) {
            throw new KNIMEException(e.getMessage(), e);
        } catch (final CancellationException e) {
            final CanceledExecutionException cancelled = new CanceledExecutionException(e.getMessage());
            cancelled.initCause(e);
            throw cancelled;
        } catch (final RuntimeException | OutOfMemoryError | StackOverflowError e) {
            final ModelException failure = Failures.inWords(e, progress.step());
            throw new KNIMEException(failure.message(new RowIds(input.getInTable(0))), failure);
        }
        if (!warnings.isEmpty()) {
            output.setWarningMessage(String.join("\n", warnings.list()));
        }
    }
}
