package dev.mixedmodels.engine.design;

import java.util.List;

/**
 * What is added to the mean without a coefficient: the sum of the offsets of the formula, 0 without any; in the unit of
 * the response.
 */
public final class Offset {
    private final List<RowExpression> parts;
    private final double unit;
    private final double mean;

    /**
     * @param parts the offsets
     * @param unit of the response, which they are divided by
     * @param mean over the fitted rows, in the unit
     */
    Offset(final List<RowExpression> parts, final double unit, final double mean) {
        this.parts = parts;
        this.unit = unit;
        this.mean = mean;
    }

    /**
     * @param row row of the frame
     * @return its value there
     */
    public double value(final int row) {
        double sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            sum += parts.get(i).value(row) / unit;
        }
        return sum;
    }

    /** Its mean over the fitted rows, where least-squares means take it. */
    double mean() {
        return mean;
    }
}
