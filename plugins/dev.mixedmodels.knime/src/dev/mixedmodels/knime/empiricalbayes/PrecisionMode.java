package dev.mixedmodels.knime.empiricalbayes;

import java.util.List;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.EnumChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;

/** Where the standard errors of Gaussian estimates come from. */
enum PrecisionMode {
    @Label(value = "Automatic", description = """
        From a common standard error if one is set, else from a pooled variance if one is set, else from the column.""")
    AUTOMATIC,
    @Label(value = "A column", description = "Each unit has its own.")
    COLUMN,
    @Label(value = "One number for all", description = "All units have the same.")
    COMMON,
    @Label(value = "Pooled variance and counts", description = """
        Estimates are means: the standard error is the root of the variance of a single observation over the unit's \
        number of observations.""")
    POOLED;

    static final String TITLE = "Standard errors from";

    /** What holds for these numbers, of which 0 and less is not set. */
    PrecisionMode decide(final double common, final double pooled) {
        return this != AUTOMATIC ? this : common > 0 ? COMMON : pooled > 0 ? POOLED : COLUMN;
    }

    /** Who opens the dialog decides. */
    static final class Choices implements EnumChoicesProvider<PrecisionMode> {
        @Override
        public List<PrecisionMode> choices(final NodeParametersInput context) {
            return List.of(COLUMN, COMMON, POOLED);
        }
    }
}
