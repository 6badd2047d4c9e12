package dev.mixedmodels.engine.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.inference.Contrast;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in tables lies in its range or is missing. */
class StatisticsInRangeTest {
    @Test
    void correlationsThatRoundBeyondOneAreOne() {
        final double sd = Math.sqrt(0.1);
        assertEquals(-1, CovarianceEntryRow.correlation(-sd * sd * (1 + 1e-14), 0.1, 0.1));
        assertEquals(1, CovarianceEntryRow.correlation(0.1 * (1 + 4e-16), 0.1, 0.1));
        assertEquals(0.5, CovarianceEntryRow.correlation(0.5e200, 1e200, 1e200), 1e-15);
        assertEquals(0.5, CovarianceEntryRow.correlation(0.5e-200, 1e-200, 1e-200), 1e-15);
    }

    @Test
    void whatIsNoCovarianceMatrixHasNoCorrelations() {
        final double[][] negative = {{-2e-17, 3e-17}, {3e-17, 4}};
        final double[][] outside = {{1, -1.06}, {-1.06, 1}};
        for (final double[][] matrix : List.of(negative, outside)) {
            final List<CovarianceEntryRow> rows = CovarianceEntryRow.of("V", "", List.of("a", "b"), matrix);
            assertTrue(Double.isNaN(rows.get(1).correlation()) && Double.isNaN(rows.get(2).correlation()));
            assertEquals(1, rows.get(3).correlation());
        }
        assertTrue(Double.isNaN(CovarianceEntryRow.of("V", "", List.of("a", "b"), negative).get(0).correlation()));
    }

    @Test
    void anEffectWithoutVarianceIsPulledFullyToTheMean() {
        assertEquals(0, BlupRow.reliability(0, 0));
        assertEquals(0.75, BlupRow.reliability(1, 4));
        assertEquals(0, BlupRow.reliability(4 * (1 + 1e-15), 4));
        assertEquals(1, BlupRow.reliability(-1e-20, 4));
        assertTrue(Double.isNaN(BlupRow.reliability(1, -1)));
    }

    @Test
    void withoutAStandardErrorThereIsNeitherTestNorInterval() {
        final Contrast c = Contrast.of(3, 0, 5, 0.95);
        assertEquals(0, c.stdError());
        for (final double none : new double[] {c.t(), c.pValue(), c.lower(), c.upper()}) {
            assertTrue(Double.isNaN(none), c.toString());
        }
        assertTrue(Double.isNaN(FixedEffectRow.designEffect(0, 0)));
        assertTrue(Double.isNaN(FixedEffectRow.designEffect(1, 0)));
        assertEquals(4, FixedEffectRow.designEffect(1e200, 0.5e200));
    }
}
