package org.knime.node.parameters.widget.choices;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataType;

/** A text to choose, how it is shown, and the type of what it names. */
public record TypedStringChoice(String id, String text, PossibleTypeValue type) {

    public static TypedStringChoice fromColSpec(final DataColumnSpec colSpec) {
        final DataType type = colSpec.getType();
        return new TypedStringChoice(colSpec.getName(), colSpec.getName(),
            new PossibleTypeValue(type.getPreferredValueClass().getName(), type.toPrettyString()));
    }

    /** A type and how it is shown. */
    public record PossibleTypeValue(String id, String text) {
    }
}
