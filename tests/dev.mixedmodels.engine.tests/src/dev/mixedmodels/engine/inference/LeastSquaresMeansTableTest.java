package dev.mixedmodels.engine.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.MeansContrast;
import dev.mixedmodels.engine.design.MeansContrast.Type;
import dev.mixedmodels.engine.result.MeansRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeastSquaresMeansTableTest {
    private static final FixedInference INFERENCE = new ConstantDf(new double[] {1, 4},
        new double[][] {{0.5, 0}, {0, 0.5}}, 12);

    private static MeansContrast mean(final String level, final String at, final double... l) {
        return new MeansContrast(Type.MEAN, "arm", level, "", at, l, 0);
    }

    private static MeansContrast difference(final String level, final String against, final String at,
        final double... l) {
        return new MeansContrast(Type.DIFFERENCE, "arm", level, against, at, l, 0);
    }

    @Test
    void differencesAreAdjustedWithinTheirVisitOnly() {
        final List<MeansRow> rows = LeastSquaresMeansTable.of(List.of(mean("a", "1", 1, 0), mean("b", "1", 0, 1),
            difference("a", "b", "1", 1, -1), mean("a", "2", 1, 0), mean("b", "2", 0, 1),
            difference("a", "b", "2", 1, -1)), INFERENCE, MeansTests.of(Adjustment.BONFERRONI, 0.95),
            Progress.NONE);
        final MeansRow d = rows.get(2);
        assertEquals("Difference", d.type());
        assertEquals(-3, d.estimate());
        assertEquals(1, d.stdError(), 1e-15);
        assertEquals(d.pValue(), d.adjustedPValue()); // one comparison in the family
        assertTrue(Double.isNaN(rows.get(0).adjustedPValue()));
        assertEquals("Mean", rows.get(0).type());
    }

    @Test
    void whatCannotBeEstimatedIsMissing() {
        final MeansRow row = LeastSquaresMeansTable
            .of(List.of(new MeansContrast(Type.MEAN, "arm", "a", "", "", null, 0)), INFERENCE, MeansTests.of(Adjustment.NONE, 0.95),
                Progress.NONE).get(0);
        assertTrue(Double.isNaN(row.estimate()) && Double.isNaN(row.pValue()));
    }
}
