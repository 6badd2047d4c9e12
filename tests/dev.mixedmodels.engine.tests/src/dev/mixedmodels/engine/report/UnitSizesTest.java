package dev.mixedmodels.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnitSizesTest {
    @Test
    void sizesAreThoseOfTheSortedRows() {
        final Random random = new Random(4);
        for (int units = 1; units < 30; units++) {
            final int[] rows = random.ints(units, 1, 9).toArray();
            final UnitSizes all = UnitSizes.of(Arrays.copyOf(rows, units / 3))
                .and(UnitSizes.of(Arrays.copyOfRange(rows, units / 3, units)));
            Arrays.sort(rows);
            assertEquals(units, all.count());
            assertEquals(rows[0], all.least());
            assertEquals(rows[units - 1], all.most());
            assertEquals((rows[(units - 1) / 2] + rows[units / 2]) / 2.0, all.median());
        }
    }
}
