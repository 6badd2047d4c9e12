package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Rows;
import java.util.stream.IntStream;

/** Sensible places for least-squares means when only a column is named. */
public final class MeansPlaces {
    private static final int MOST_VALUES = 20;

    private MeansPlaces() {
    }

    /**
     * @param design the design
     * @param column a factor of the mean, or a numeric column; null for nowhere in particular
     * @return each level of the factor; each value of the numeric column among the fitted rows if they are few, else its
     *         least, quartiles and greatest; null for nowhere in particular
     */
    public static At of(final ModelDesign design, final String column) {
        if (column == null) {
            return null;
        }
        if (LeastSquaresMeans.factors(design.fixed()).contains(column)) {
            return new At.Levels(column);
        }
        final Column numbers = design.rows().frame().numeric(column);
        final Rows rows = design.rows().fitted();
        final double[] values = IntStream.range(0, rows.size()).mapToDouble(i -> numbers.value(rows.row(i))).sorted()
            .toArray();
        final double[] distinct = IntStream.range(0, values.length)
            .filter(i -> i == 0 || values[i] != values[i - 1]).mapToDouble(i -> values[i]).toArray();
        return new At.Values(column, distinct.length <= MOST_VALUES ? distinct
            : new double[] {values[0], values[values.length / 4], values[values.length / 2],
                values[3 * values.length / 4], values[values.length - 1]});
    }
}
