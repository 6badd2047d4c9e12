package dev.mixedmodels.engine.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.result.FittedRow;
import org.junit.jupiter.api.Test;

class ResidualChartsTest {
    private static double[] y(final Chart chart) {
        return chart.columns().stream().filter(c -> c.role().equals("y")).findFirst().orElseThrow().numbers();
    }

    /** Three rows of deviations as given. */
    private static Chart residuals(final double... deviations) {
        final ResidualCharts charts = new ResidualCharts(false);
        for (int i = 0; i < 3; i++) {
            charts.add(new FittedRow(5, 5 + i, i - 1.5, (i - 1.5) / deviations[i], 0));
        }
        return charts.againstFitted(10);
    }

    /** A funnel that the model knows of, by weights or variances of levels, is no fault of it. */
    @Test
    void residualsOfUnequalVarianceAreDividedByTheirDeviations() {
        assertArrayEquals(new double[] {-1.5, -0.5, 0.5}, y(residuals(2, 2, 2)));
        final Chart unequal = residuals(2, 2, 5);
        assertArrayEquals(new double[] {-0.75, -0.25, 0.1}, y(unequal));
        assertEquals("Pearson Residual", unequal.y().title());
    }
}
