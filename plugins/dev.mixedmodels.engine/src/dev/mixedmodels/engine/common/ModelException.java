package dev.mixedmodels.engine.common;

/**
 * Input or settings that a model cannot be fitted to. The message names the column, level or setting that is wrong and
 * says what to do about it; it is shown to the user as it stands.
 */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong, where, and the remedy, as full sentences
     */
    public ModelException(final String message) {
        super(message);
    }
}
