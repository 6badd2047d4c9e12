package dev.mixedmodels.engine.design;

import java.util.List;
import java.util.Set;

/** What is added to the mean without a coefficient: the sum of the offsets of the formula, 0 without any. */
final class Offset {
    private final List<RowExpression> parts;
    private final double unit;

    /**
     * @param parts the offsets
     * @param unit of the response, which they are divided by
     */
    Offset(final List<RowExpression> parts, final double unit) {
        this.parts = parts;
        this.unit = unit;
    }

    double value(final int row) {
        double sum = 0;
        for (final RowExpression part : parts) {
            sum += part.value(row) / unit;
        }
        return sum;
    }

    double value(final int row, final int donor, final Set<String> donated) {
        double sum = 0;
        for (final RowExpression part : parts) {
            sum += part.value(row, donor, donated) / unit;
        }
        return sum;
    }

    double value(final GridPoint point) {
        double sum = 0;
        for (final RowExpression part : parts) {
            sum += part.value(point) / unit;
        }
        return sum;
    }
}
