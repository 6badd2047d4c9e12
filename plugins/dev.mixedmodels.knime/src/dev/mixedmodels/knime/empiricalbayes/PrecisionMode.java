package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.engine.empiricalbayes.PrecisionSource;
import java.util.List;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.EnumChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;

/** Where the standard errors of Gaussian estimates come from. */
enum PrecisionMode {
    @Label(value = "Automatic", description = """
        From a common standard error if one is set, else from a pooled variance if one is set, else from the column; \
        from a column of sampling variances where there is no column of standard errors.""")
    AUTOMATIC,
    @Label(value = "A column", description = "Each unit has its own.")
    COLUMN,
    @Label(value = "A column of variances", description = """
        Each unit has its own sampling variance, the square of its standard error; metafor's vi.""")
    VARIANCE,
    @Label(value = "One number for all", description = "All units have the same.")
    COMMON,
    @Label(value = "Pooled variance and counts", description = """
        Estimates are means: the standard error is the root of the variance of a single observation over the unit's \
        number of observations.""")
    POOLED;

    static final String TITLE = "Standard errors from";

    /** What holds for these settings: numbers, of which 0 and less is not set, and columns, of which null is none. */
    PrecisionMode decide(final double common, final double pooled, final String standardError,
        final String samplingVariance) {
        return valueOf(PrecisionSource.valueOf(name()).decide(common, pooled, standardError, samplingVariance).name());
    }

    /** Who opens the dialog decides. */
    static final class Choices implements EnumChoicesProvider<PrecisionMode> {
        @Override
        public List<PrecisionMode> choices(final NodeParametersInput context) {
            return List.of(COLUMN, VARIANCE, COMMON, POOLED);
        }
    }
}
