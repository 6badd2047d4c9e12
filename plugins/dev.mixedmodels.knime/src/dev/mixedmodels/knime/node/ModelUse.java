package dev.mixedmodels.knime.node;

import dev.mixedmodels.engine.common.Failures;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.picture.Picture;
import dev.mixedmodels.knime.view.PictureTables;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/**
 * What every node does that works from fitted models: whatever goes wrong becomes its error in words, a cancelled
 * computation ends as the platform expects, and all warnings go into the one message that the platform keeps.
 */
public final class ModelUse {
    private ModelUse() {
    }

    /** Compares settings with the inputs. */
    @FunctionalInterface
    public interface Check {
        /**
         * @return what is known of each output port
         * @throws InvalidSettingsException if the settings do not fit the inputs
         */
        PortObjectSpec[] specs() throws InvalidSettingsException;
    }

    /**
     * One execution of a node.
     *
     * @param exec where tables are made
     * @param progress progress of the whole node
     * @param warnings collects what the user should know
     */
    public record Run(ExecutionContext exec, Progress progress, Warnings warnings) {
    }

    /**
     * What a node gives.
     *
     * @param ports one per output port
     * @param picture what its view shows; null for a node without a view
     */
    public record Output(PortObject[] ports, Picture picture) {
    }

    /** Works from the models and writes the tables. */
    @FunctionalInterface
    public interface Body {
        /**
         * @param run what there is to work with
         * @return the data of each output port, and what the view shows
         * @throws CanceledExecutionException if the user cancelled
         * @throws InvalidSettingsException if the settings do not fit the inputs
         */
        Output run(Run run) throws CanceledExecutionException, InvalidSettingsException;
    }

    /**
     * Configures a node.
     *
     * @param output takes the columns of the output ports
     * @param check the node's own work
     * @throws InvalidSettingsException if the settings do not fit the inputs
     */
    public static void configure(final ConfigureOutput output, final Check check) throws InvalidSettingsException {
        try {
            output.setOutSpecs(check.specs());
        } catch (final RuntimeException | OutOfMemoryError | StackOverflowError e) {
            final ModelException failure = Failures.inWords(e, "");
            throw new InvalidSettingsException(failure.getMessage(), failure);
        }
    }

    /**
     * Executes a node.
     *
     * @param input the platform's input
     * @param output takes the tables and the warning
     * @param rows what messages call the rows of the input table
     * @param body the node's own work
     * @throws CanceledExecutionException if the user cancelled
     * @throws KNIMEException if what was asked for does not exist
     */
    public static void execute(final ExecuteInput input, final ExecuteOutput output, final RowNames rows,
        final Body body) throws CanceledExecutionException, KNIMEException {
        execute(input, output, rows, body, UnaryOperator.identity());
    }

    /** The same with something added to the words of an error. */
    static void execute(final ExecuteInput input, final ExecuteOutput output, final RowNames rows, final Body body,
        final UnaryOperator<String> advice) throws CanceledExecutionException, KNIMEException {
        final Warnings warnings = new Warnings();
        final ExecutionContext exec = input.getExecutionContext();
        final ExecutionProgress progress = new ExecutionProgress(exec);
        try {
            final Output made = body.run(new Run(exec, progress, warnings));
            output.setOutData(made.ports);
            if (made.picture != null) {
                output.setInternalData(PictureTables.write(exec, made.picture));
            }
        } catch (final InvalidSettingsException e) {
            throw new KNIMEException(advice.apply(e.getMessage()), e);
        } catch (final CancellationException e) {
            final CanceledExecutionException cancelled = new CanceledExecutionException(e.getMessage());
            cancelled.initCause(e);
            throw cancelled;
        } catch (final RuntimeException | OutOfMemoryError | StackOverflowError e) {
            final ModelException failure = Failures.inWords(e, progress.step());
            throw new KNIMEException(advice.apply(failure.message(rows)), failure);
        }
        if (!warnings.isEmpty()) {
            output.setWarningMessage(String.join("\n", warnings.list()));
        }
    }
}
