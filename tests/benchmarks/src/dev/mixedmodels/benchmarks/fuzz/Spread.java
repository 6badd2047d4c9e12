package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.benchmarks.fuzz.Data.Column;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Objects;

/** How far the numbers of a column spread. */
final class Spread {
    private Spread() {
    }

    /** From the least to the greatest; 0 if there are no numbers. */
    static double of(final Column column) {
        final DoubleSummaryStatistics numbers = Arrays.stream(column.values()).filter(Objects::nonNull)
            .mapToDouble(v -> ((Number) v).doubleValue()).summaryStatistics();
        return numbers.getCount() == 0 ? 0 : numbers.getMax() - numbers.getMin();
    }
}
