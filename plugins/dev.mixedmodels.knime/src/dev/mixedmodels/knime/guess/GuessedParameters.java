package dev.mixedmodels.knime.guess;

import dev.mixedmodels.engine.common.Failures;
import dev.mixedmodels.engine.common.SettingValues;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;

/**
 * Settings of a node of which some may be guessed. A column that nobody has chosen is null (a new node's are), which is
 * not the same as an empty text, the choice of none. The guess is made on a copy whenever the node is configured or
 * executed, so that it goes by what is chosen then and, in execute, by the values; what is stored stays as it is.
 */
public abstract class GuessedParameters implements NodeParameters, Cloneable {
    /**
     * Guesses what is null. Called on a copy.
     *
     * @param guesses make and remember the guesses
     */
    protected abstract void guess(Guesses guesses);

    /**
     * Checks what can be checked without a table. Called on a copy without nulls.
     *
     * @throws InvalidSettingsException if a setting is out of its range or contradicts another
     */
    protected abstract void check() throws InvalidSettingsException;

    /**
     * @return the column whose values repeat in a table that suits the node, empty for none; null if the node does not
     *         want one row per measurement. Called on a copy in which everything is decided
     */
    public String repeated() {
        return null;
    }

    @Override
    public final void validate() throws InvalidSettingsException {
        final GuessedParameters copy = copy();
        try {
            InitialValues.replaceNulls(copy);
            copy.check();
        } catch (final RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new InvalidSettingsException(Failures.inWords(e, "").getMessage(), e);
        }
    }

    /**
     * @param <P> the settings
     * @param chosen what is stored
     * @param guesses make and remember the guesses
     * @return a copy in which everything is decided
     */
    public static <P extends GuessedParameters> P decide(final P chosen, final Guesses guesses) {
        @SuppressWarnings("unchecked")
        final P copy = (P) ((GuessedParameters) chosen).copy();
        copy.guess(guesses);
        InitialValues.replaceNulls(copy);
        return copy;
    }

    /**
     * @return the settings by their keys, for the engine. Called on a copy in which everything is decided
     */
    public final SettingValues values() {
        return new SettingValues(InitialValues.byKey(this));
    }

    private GuessedParameters copy() {
        try {
            final GuessedParameters copy = (GuessedParameters) clone();
            InitialValues.replaceNone(copy);
            return copy;
        } catch (final CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
