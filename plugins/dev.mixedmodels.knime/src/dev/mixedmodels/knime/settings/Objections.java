package dev.mixedmodels.knime.settings;

import dev.mixedmodels.engine.common.ModelException;
import java.util.function.Supplier;
import org.knime.core.node.InvalidSettingsException;

/** The engine's objections to settings, which become those of the dialog. */
public final class Objections {
    private Objections() {
    }

    /**
     * @param <T> what is made of settings
     * @param settings makes it
     * @return what is made
     * @throws InvalidSettingsException if the engine objects
     */
    public static <T> T of(final Supplier<T> settings) throws InvalidSettingsException {
        try {
            return settings.get();
        } catch (final ModelException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    /**
     * @param settings makes or checks settings
     * @throws InvalidSettingsException if the engine objects
     */
    public static void check(final Runnable settings) throws InvalidSettingsException {
        of(() -> {
            settings.run();
            return null;
        });
    }
}
