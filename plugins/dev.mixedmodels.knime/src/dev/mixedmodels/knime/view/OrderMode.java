package dev.mixedmodels.knime.view;

import org.knime.node.parameters.widget.choices.Label;

/** The order of groups, subjects or units in a chart. */
enum OrderMode {
    @Label(value = "By size", description = "In the order of their estimates, which shows how they spread.")
    SIZE,

    @Label(value = "By name", description = "In the order of their names, digits as numbers, to find one.")
    NAME
}
