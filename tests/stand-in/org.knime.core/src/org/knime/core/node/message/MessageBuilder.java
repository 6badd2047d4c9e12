package org.knime.core.node.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers a message. */
public final class MessageBuilder {

    private String summary;

    private final List<String> issues = new ArrayList<>();

    private final List<String> resolutions = new ArrayList<>();

    MessageBuilder() {
    }

    public MessageBuilder withSummary(final String summary) {
        this.summary = summary;
        return this;
    }

    public MessageBuilder addTextIssue(final String description) {
        issues.add(description);
        return this;
    }

    public MessageBuilder addRowIssue(final int portIndex, final int columnIndex, final long rowIndex,
        final String description) {
        issues.add("Port " + portIndex + ", column " + columnIndex + ", row " + rowIndex + ": " + description);
        return this;
    }

    public MessageBuilder addResolutions(final String... res) {
        resolutions.addAll(List.of(res));
        return this;
    }

    /** The message, empty without a summary. */
    public Optional<Message> build() {
        return Optional.ofNullable(summary).map(s -> new Message(s, issues, resolutions));
    }
}
