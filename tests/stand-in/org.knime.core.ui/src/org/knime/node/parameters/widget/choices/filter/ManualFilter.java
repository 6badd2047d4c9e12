package org.knime.node.parameters.widget.choices.filter;

import java.util.Arrays;

import org.knime.node.parameters.persistence.Persistable;

/** Names chosen one by one, and what becomes of names that were not there to choose from. */
final class ManualFilter implements Persistable {

    String[] manuallySelected = new String[0];

    String[] manuallyDeselected = new String[0];

    boolean includeUnknownColumns;

    boolean includes(final String name) {
        return Arrays.asList(manuallySelected).contains(name)
            || includeUnknownColumns && !Arrays.asList(manuallyDeselected).contains(name);
    }
}
