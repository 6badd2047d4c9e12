package dev.mixedmodels.knime.node;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.knime.guess.GuessedParameters;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.guess.TableFacts;
import dev.mixedmodels.knime.guess.WideTable;
import dev.mixedmodels.knime.table.RowIds;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/**
 * What every node does around the model that it fits: settings that nobody has chosen are guessed, whatever goes wrong
 * becomes the node's error in words, a cancelled computation ends as the platform expects, and all warnings go into the
 * one message that the platform keeps.
 *
 * @param <P> the node's settings
 * @param check compares settings with a table
 * @param body reads the input, fits and writes the tables
 */
public record LearnerNode<P extends GuessedParameters>(Check<P> check, Body<P> body) {
    /** Of longer tables nobody is told that they look wide, unless the model fails. */
    private static final long MOST_ROWS = 200_000;

    /**
     * Compares settings with a table.
     *
     * @param <P> the node's settings
     */
    @FunctionalInterface
    public interface Check<P> {
        /**
         * @param parameters the settings, all decided
         * @param spec the input table
         * @return what is known of each output port
         * @throws InvalidSettingsException if the settings do not fit the table
         */
        PortObjectSpec[] of(P parameters, DataTableSpec spec) throws InvalidSettingsException;
    }

    /**
     * One execution of a node.
     *
     * @param <P> the node's settings
     * @param parameters the settings, all decided
     * @param table the input
     * @param exec where tables are made
     * @param progress progress of the whole node
     * @param warnings collects what the user should know
     */
    public record Run<P>(P parameters, BufferedDataTable table, ExecutionContext exec, Progress progress,
        Warnings warnings) {
    }

    /**
     * Reads the input, fits and writes the tables.
     *
     * @param <P> the node's settings
     */
    @FunctionalInterface
    public interface Body<P> {
        /**
         * @param run what there is to work on
         * @return the data of each output port, and what the view shows
         * @throws CanceledExecutionException if the user cancelled
         * @throws InvalidSettingsException if the settings do not fit the table
         */
        ModelUse.Output run(Run<P> run) throws CanceledExecutionException, InvalidSettingsException;
    }

    /**
     * Configures the node.
     *
     * @param input the platform's input
     * @param output takes the columns of the output ports
     * @throws InvalidSettingsException if the settings do not fit the table
     */
    public void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        ModelUse.configure(output, () -> {
            final DataTableSpec spec = input.getInTableSpec(0);
            final P decided = GuessedParameters.decide(input.<P>getParameters(), Guesses.byNames(spec));
            try {
                return check.of(decided, spec);
            } catch (final InvalidSettingsException e) {
                throw new InvalidSettingsException(
                    withAdvice(e.getMessage(), TableFacts.of(spec), decided.repeated()), e);
            }
        });
    }

    /**
     * Executes the node.
     *
     * @param input the platform's input
     * @param output takes the tables and the warning
     * @throws CanceledExecutionException if the user cancelled
     * @throws KNIMEException if the model cannot be fitted to the table with these settings
     */
    public void execute(final ExecuteInput input, final ExecuteOutput output)
        throws CanceledExecutionException, KNIMEException {
        final BufferedDataTable table = input.getInTable(0);
        final TableFacts facts = TableFacts.of(table, new ExecutionProgress(input.getExecutionContext()).quiet());
        final Guesses guesses = new Guesses(facts);
        final AtomicReference<String> unit = new AtomicReference<>();
        ModelUse.execute(input, output, new RowIds(table), run -> {
            final P decided = GuessedParameters.decide(input.<P>getParameters(), guesses);
            unit.set(decided.repeated());
            final String wide = table.size() <= MOST_ROWS ? WideTable.advice(facts, unit.get()) : "";
            Stream.of(guesses.warning(), wide).filter(Predicate.not(String::isEmpty)).forEach(run.warnings()::add);
            return body.run(new Run<>(decided, table, run.exec(), run.progress(), run.warnings()));
        }, error -> guesses.with(withAdvice(error, facts, unit.get())));
    }

    /** An error of a wide table is told with what to do about that. */
    private static String withAdvice(final String error, final TableFacts facts, final String unit) {
        try {
            final String advice = WideTable.advice(facts, unit);
            return advice.isEmpty() ? error : error + " " + advice;
        } catch (final CancellationException e) {
            return error;
        }
    }
}
