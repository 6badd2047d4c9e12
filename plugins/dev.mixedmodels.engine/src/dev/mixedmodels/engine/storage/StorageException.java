package dev.mixedmodels.engine.storage;

import java.io.IOException;

/** A file that does not hold what it should; the message is a sentence for users. */
public final class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong with the file
     */
    public StorageException(final String message) {
        super(message);
    }

    /**
     * @param message what is wrong with the file
     * @param cause what went wrong inside
     */
    public StorageException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
