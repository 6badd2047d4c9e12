package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.MixedReader;
import dev.mixedmodels.engine.likelihood.MixedRows;
import dev.mixedmodels.engine.numeric.DoubleDouble;

/** The pass over a table of ratings that sums the squares of what the means of both factors leave. */
final class RaterError implements Fold<RaterError> {
    private static final long serialVersionUID = 1L;

    private final MixedReader reader;
    private final double[] first;
    private final double[] second;
    private final double centre;
    private final DoubleDouble sum = new DoubleDouble();

    /**
     * @param reader reads the rows
     * @param first deviations of the means of the first factor's levels
     * @param second those of the second factor
     * @param centre the response from which they deviate
     */
    RaterError(final MixedReader reader, final double[] first, final double[] second, final double centre) {
        this.reader = reader;
        this.first = first;
        this.second = second;
        this.centre = centre;
    }

    @Override
    public RaterError fresh() {
        return new RaterError(reader, first, second, centre);
    }

    @Override
    public void add(final Frame block) {
        final MixedRows rows = reader.rows(block);
        final ModelDesign design = rows.design();
        final Rows fitted = design.rows().fitted();
        for (int i = 0; i < fitted.size(); i++) {
            final int row = fitted.row(i);
            final double rest = design.response(row) - centre - first[rows.factor(0).code(row)]
                - second[rows.factor(1).code(row)];
            sum.addProduct(rest, rest);
        }
    }

    @Override
    public void merge(final RaterError later) {
        sum.add(later.sum);
    }

    double sumOfSquares() {
        return sum.value();
    }
}
