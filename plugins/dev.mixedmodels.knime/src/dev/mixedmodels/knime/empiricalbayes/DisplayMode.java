package dev.mixedmodels.knime.empiricalbayes;

import org.knime.node.parameters.widget.choices.Label;

/** Scale of the shrinkage estimates; names as in the engine. */
enum DisplayMode {
    @Label(value = "As estimated", description = "The scale of the data.")
    AS_IS,
    @Label(value = "Per a number", description = "Times a number: deaths per 100,000.")
    RATE_PER,
    @Label(value = "Arcsine back-transform", description = """
        For estimates that are the arc sine of the root of a proportion, with standard error 1 / (2 root n): sin \
        squared, a proportion again.""")
    ARCSINE
}
