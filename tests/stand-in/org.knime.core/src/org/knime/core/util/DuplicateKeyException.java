package org.knime.core.util;

/** A second row with the id of an earlier one. */
public class DuplicateKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;

    public DuplicateKeyException(final String message, final String key) {
        super(message);
        this.key = key;
    }

    public String getKey() {
        return key;
    }
}
