package dev.mixedmodels.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.MissingValues;
import dev.mixedmodels.engine.frame.NumericColumn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights that are 0, missing or wrong. */
class WeightInputTest {
    private static Frame small(final double... weights) {
        return new Frame(4, List.of(new NumericColumn("y", new double[] {1, 2, Double.NaN, 4}), new NumericColumn("w", weights)));
    }

    private static ModelDesign design(final Frame frame, final MissingValues missing, final Warnings warnings) {
        return ModelDesign.of(frame, Formula.parse("y ~ 1"),
            DesignOptions.DEFAULT.withWeights("w").withMissing(missing), warnings);
    }

    @Test
    void rowsOfWeightZeroAreLeftOutAndCounted() {
        final Warnings warnings = new Warnings();
        final ModelDesign design = design(small(1, 0, 0, 2), MissingValues.OMIT_ROWS, warnings);
        assertEquals(2, design.rows().fitted().size());
        assertEquals(0, design.rows().predicted().size());
        assertEquals(List.of("2 of 4 rows left out: missing value in \"y\" (1); weight 0 in \"w\" (2)."), warnings.list());
        final Frame complete = small(1, 0, 1, 2).with(new NumericColumn("y", new double[] {1, 2, 3, 4}));
        assertEquals(3, design(complete, MissingValues.FAIL, new Warnings()).rows().fitted().size());
    }

    @Test
    void missingWeightsAreMissingValues() {
        final Warnings warnings = new Warnings();
        design(small(1, Double.NaN, 1, 2), MissingValues.OMIT_ROWS, warnings);
        assertEquals(List.of("2 of 4 rows left out: missing value in \"y\" (1), \"w\" (1)."), warnings.list());
    }

    @Test
    void negativeAndInfiniteWeightsAreErrors() {
        for (final double wrong : new double[] {-1, Double.POSITIVE_INFINITY}) {
            final String message = assertThrows(ModelException.class,
                () -> design(small(1, 1, wrong, 2), MissingValues.OMIT_ROWS, new Warnings())).getMessage();
            assertTrue(message.startsWith("The weight in column \"w\" is ") && message.contains("in row \"3\""), message);
        }
        assertTrue(assertThrows(ModelException.class, () -> design(small(0, 0, 0, 0), MissingValues.OMIT_ROWS, new Warnings()))
            .getMessage().contains("weight 0 in \"w\" (4)"));
    }
}
