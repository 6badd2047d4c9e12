package dev.mixedmodels.engine.means;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.design.At;
import dev.mixedmodels.engine.design.ColumnSummary;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.model.StoredCentering;
import dev.mixedmodels.engine.model.StoredModel;
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
    At in(final FixedDesign design, final StoredModel model) {
        if (design.factors().contains(column)) {
            return new At.Levels(column);
        }
        if (design.numbers().contains(column)) {
            return values(column, 0, model);
        }
        // less the mean of all rows, a column is the same but for a shift
        final StoredCentering centred = model.centerings().stream().filter(c -> c.column().equals(column)).findFirst()
            .orElse(null);
        if (centred != null && centred.grouping() == null && design.numbers().contains(centred.within())) {
            return values(centred.within(), centred.means()[0], model);
        }
        throw new ModelException("Means cannot be taken at \"" + column + "\", which " + (centred == null
            ? "is no fixed effect of the model" : "is centred within units in the model, where it has another name")
            + ". It has " + ModelMeans.columns(design) + ".");
    }

    private At values(final String name, final double shift, final StoredModel model) {
        final ColumnSummary summary = model.design().summary(name);
        final double[] values = switch (rule) {
            case OBSERVED -> summary.places();
            case MEAN_AND_DEVIATIONS -> new double[] {summary.mean() - summary.stdDeviation(), summary.mean(),
                summary.mean() + summary.stdDeviation()};
            case QUARTILES -> Arrays.copyOfRange(summary.quantiles(), 1, 4);
            case GIVEN -> given.clone();
        };
        for (int i = 0; i < values.length && rule != Rule.GIVEN; i++) {
            values[i] += shift;
        }
        return new At.Values(name, column, shift, values);
    }
}
