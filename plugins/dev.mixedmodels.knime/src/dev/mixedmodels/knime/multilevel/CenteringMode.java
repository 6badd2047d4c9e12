package dev.mixedmodels.knime.multilevel;

import org.knime.node.parameters.widget.choices.Label;

/** How a covariate enters the mean. */
enum CenteringMode {
    @Label(value = "Raw", description = "As it is.")
    RAW,
    @Label(value = "Grand mean", description = """
        Less its mean over all rows: the intercept is the response at the average covariate. Slopes stay the same.""")
    GRAND_MEAN,
    @Label(value = "Within", description = """
        Less its mean in the row's unit of a level: the slope is that within units, and differences between units are \
        left out.""")
    WITHIN,
    @Label(value = "Within and between", description = """
        In two columns, the deviation from the unit's mean and the unit's mean (Mundlak): one slope within units, one \
        between. Their difference is the compositional effect.""")
    WITHIN_AND_BETWEEN;

    /** Whether a level has to be named. */
    boolean hasLevel() {
        return this == WITHIN || this == WITHIN_AND_BETWEEN;
    }
}
