package org.knime.core.node.message;

import java.util.List;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;

/** What went wrong, in one line, and what the user can do about it. */
public final class Message {

    private final String summary;

    private final List<String> issues;

    private final List<String> resolutions;

    Message(final String summary, final List<String> issues, final List<String> resolutions) {
        this.summary = summary;
        this.issues = List.copyOf(issues);
        this.resolutions = List.copyOf(resolutions);
    }

    public static MessageBuilder builder() {
        return new MessageBuilder();
    }

    public static Message fromSummary(final String summary) {
        return new Message(summary, List.of(), List.of());
    }

    public static Message fromSummaryWithResolution(final String summary, final String... res) {
        return new Message(summary, List.of(), List.of(res));
    }

    public String getSummary() {
        return summary;
    }

    public List<String> getResolutions() {
        return resolutions;
    }

    public KNIMEException toKNIMEException() {
        return KNIMEException.of(this);
    }

    public KNIMEException toKNIMEException(final Throwable cause) {
        return KNIMEException.of(this, cause);
    }

    public InvalidSettingsException toInvalidSettingsException() {
        return new InvalidSettingsException(summary);
    }

    @Override
    public String toString() {
        return summary + issues + resolutions;
    }
}
