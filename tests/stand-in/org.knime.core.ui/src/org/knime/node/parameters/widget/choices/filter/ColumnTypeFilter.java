package org.knime.node.parameters.widget.choices.filter;

import java.util.Arrays;

import org.knime.node.parameters.persistence.Persistable;

/** Columns of some types, given by the names of their preferred value classes. */
final class ColumnTypeFilter implements Persistable {

    String[] selectedTypes = new String[0];

    boolean includes(final String type) {
        return Arrays.asList(selectedTypes).contains(type);
    }
}
