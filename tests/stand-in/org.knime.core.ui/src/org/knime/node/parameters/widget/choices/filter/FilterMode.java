package org.knime.node.parameters.widget.choices.filter;

/** How a column filter chooses. */
enum FilterMode {
    MANUAL, REGEX, WILDCARD, TYPE
}
