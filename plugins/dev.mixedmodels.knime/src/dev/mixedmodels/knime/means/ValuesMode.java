package dev.mixedmodels.knime.means;

import org.knime.node.parameters.widget.choices.Label;

/** At which values of a numeric column means are taken. */
enum ValuesMode {
    @Label(value = "Mean and a standard deviation either side", description = "Three values.")
    MEAN_AND_DEVIATIONS,
    @Label(value = "Quartiles", description = "Three values: a quarter, half and three quarters of the rows are below.")
    QUARTILES,
    @Label(value = "Those that occur", description = """
        Each value of the rows if there are at most 20, else the least, the quartiles and the greatest.""")
    OBSERVED,
    @Label(value = "These", description = "The values that are written below.")
    GIVEN
}
