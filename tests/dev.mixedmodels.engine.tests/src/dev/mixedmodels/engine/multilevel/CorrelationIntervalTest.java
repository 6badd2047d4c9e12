package dev.mixedmodels.engine.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Profile intervals of correlations in nested models. A search that strays to the opposite correlation gives intervals
 * that lie symmetrically about 0 whatever the estimate.
 */
class CorrelationIntervalTest {
    private static final int BOARDS = 12;

    /** Slopes of boards and schools that go with the intercepts; sign turns the slope variable round. */
    private static Frame frame(final long seed, final int sign) {
        final Random random = new Random(seed);
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int board = builder.addNominal("board");
        final int school = builder.addNominal("school");
        for (int b = 0; b < BOARDS; b++) {
            final double level = 1.5 * random.nextGaussian();
            final double slope = 0.3 * level + 0.5 * random.nextGaussian();
            for (int s = 0; s < 4; s++) {
                final double own = random.nextGaussian();
                final double ownSlope = 0.1 * own + 0.6 * random.nextGaussian();
                for (int row = 0; row < 5; row++) {
                    final double value = random.nextGaussian();
                    builder.number(y, level + own + (slope + ownSlope) * value + random.nextGaussian());
                    builder.number(x, sign * value);
                    builder.text(board, "b" + b);
                    builder.text(school, "s" + s);
                    builder.endRow();
                }
            }
        }
        return builder.build();
    }

    private static List<CovarianceParameterRow> correlations(final Frame frame) {
        return MultilevelModel.fit(
            MultilevelSettings.of(new ModelSpecification.ByFormula(Formula.parse("y ~ x + (1 + x | board/school)"))),
            frame, Progress.NONE, new Warnings()).tables().covarianceParameters().stream()
            .filter(row -> row.parameter().startsWith("Corr")).toList();
    }

    @Test
    void intervalsLieAboutTheEstimateAndTurnRoundWithTheSlopeVariable() {
        int inside = 0;
        for (long seed = 1; seed <= 4; seed++) {
            final List<CovarianceParameterRow> rows = correlations(frame(seed, 1));
            final List<CovarianceParameterRow> turned = correlations(frame(seed, -1));
            for (int i = 0; i < rows.size(); i++) {
                final CovarianceParameterRow row = rows.get(i);
                assertEquals(row.lower(), -turned.get(i).upper(), 1e-4); // what profile bounds promise
                assertEquals(row.upper(), -turned.get(i).lower(), 1e-4);
                if (row.lower() > -1 && row.upper() < 1 && Math.abs(row.estimate()) > 0.02) {
                    assertTrue(Math.abs(row.lower() + row.upper()) > 0.2 * Math.abs(row.estimate()), row::toString);
                    inside++;
                }
            }
        }
        assertTrue(inside >= 3, "intervals inside (-1, 1): " + inside);
    }
}
