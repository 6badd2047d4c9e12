package dev.mixedmodels.knime.means;

import org.knime.node.parameters.widget.choices.Label;

/** What tests are against. */
enum AlternativeMode {
    @Label(value = "Different", description = "Two-sided tests and intervals.")
    TWO_SIDED,
    @Label(value = "Greater", description = "One-sided: p-values are small where the estimate is greater; lower bounds only.")
    GREATER,
    @Label(value = "Less", description = "One-sided: p-values are small where the estimate is less; upper bounds only.")
    LESS
}
