package org.knime.core.node;

import org.knime.core.node.message.Message;

/** An execution that failed for a reason the user can understand. */
public final class KNIMEException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Message details;

    public KNIMEException(final String message) {
        this(message, null);
    }

    public KNIMEException(final String message, final Throwable cause) {
        this(Message.fromSummary(message), cause);
    }

    private KNIMEException(final Message details, final Throwable cause) {
        super(details.getSummary(), cause);
        this.details = details;
    }

    public static KNIMEException of(final Message message) {
        return new KNIMEException(message, null);
    }

    public static KNIMEException of(final Message message, final Throwable cause) {
        return new KNIMEException(message, cause);
    }

    public Message getKNIMEMessage() {
        return details;
    }
}
