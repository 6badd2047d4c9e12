package org.knime.node.parameters.widget.choices;

/** A text to choose, and how it is shown. */
public record StringChoice(String id, String text) {
}
