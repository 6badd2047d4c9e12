package dev.mixedmodels.engine.means;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.design.At;
import dev.mixedmodels.engine.design.ColumnSummary;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import java.util.Arrays;

/**
 * Where means are taken: at each level of a nominal column, at some values of a numeric one.
 *
 * @param column the column
 * @param rule which values of a numeric column
 * @param given the values, with {@link Rule#GIVEN}
 */
public record Place(String column, Rule rule, double... given) {

    /** Which values of a numeric column. */
    public enum Rule {
        /** Each value of the fitted rows if they are few, else the least, the quartiles and the greatest. */
        OBSERVED,
        /** A standard deviation below the mean, the mean, a standard deviation above. */
        MEAN_AND_DEVIATIONS,
        /** The quartiles. */
        QUARTILES,
        /** Those that are given. */
        GIVEN
    }

    /** The place in a design. */
    At in(final FixedDesign design, final StoredDesign stored) {
        if (design.factors().contains(column)) {
            return new At.Levels(column);
        }
        if (!design.numbers().contains(column)) {
            throw new ModelException("Means cannot be taken at \"" + column + "\", which is no fixed effect of the model. It has "
                + ModelMeans.columns(design) + ".");
        }
        final ColumnSummary summary = stored.summary(column);
        return new At.Values(column, switch (rule) {
            case OBSERVED -> summary.places();
            case MEAN_AND_DEVIATIONS -> new double[] {summary.mean() - summary.stdDeviation(), summary.mean(),
                summary.mean() + summary.stdDeviation()};
            case QUARTILES -> Arrays.copyOfRange(summary.quantiles(), 1, 4);
            case GIVEN -> given.clone();
        });
    }
}
