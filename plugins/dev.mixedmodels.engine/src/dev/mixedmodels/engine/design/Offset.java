package dev.mixedmodels.engine.design;

import java.util.List;

/**
 * What is added to the mean without a coefficient: the sum of the offsets of the formula, 0 without any; in the unit of
 * the response.
 *
 * @param parts the offsets
 * @param unit of the response, which they are divided by
 * @param mean over the fitted rows, in the unit
 */
public record Offset(List<RowExpression> parts, double unit, double mean) {
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
}
