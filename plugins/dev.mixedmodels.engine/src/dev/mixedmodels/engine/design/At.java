package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.ModelFrame;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Where least-squares means are taken, beside the factors that they are means of. */
public sealed interface At {
    /**
     * @return the column
     */
    String column();

    /** So many different values of a numeric column are places of their own. */
    int MOST_VALUES = 20;

    /**
     * At every level of a factor of the fixed effects, or over the values of a numeric column: all of them if these are
     * few, else the smallest, the quartiles and the largest.
     *
     * @param design the fixed effects
     * @param column name of a factor or numeric column of theirs
     * @return the places
     */
    static At over(final FixedDesign design, final String column) {
        if (LeastSquaresMeans.factors(design).contains(column)) {
            return new Levels(column);
        }
        final ModelFrame frame = design.table().rows();
        final Column numbers = frame.frame().numeric(column);
        final double[] values = IntStream.range(0, frame.fitted().size())
            .mapToDouble(i -> numbers.value(frame.fitted().row(i))).sorted().toArray();
        final double[] distinct = Arrays.stream(values).distinct().toArray();
        final int last = values.length - 1;
        return new Values(column, distinct.length <= MOST_VALUES ? distinct : new double[] {values[0],
            values[last / 4], values[last / 2], values[(int) (3L * last / 4)], values[last]});
    }

    /**
     * At each level of a factor.
     *
     * @param column the factor
     */
    record Levels(String column) implements At {
    }

    /**
     * At chosen values of a numeric column.
     *
     * @param column the column
     * @param values the values
     */
    record Values(String column, double... values) implements At {
    }
}
