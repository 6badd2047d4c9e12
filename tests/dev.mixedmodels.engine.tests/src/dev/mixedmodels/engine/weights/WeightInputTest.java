package dev.mixedmodels.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.MissingValues;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.oneway.GroupStatistics;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
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
    void weightsThatAreTooFarApartAreNamed() {
        final String expected = "The weights in column \"w\" range from 1.0E-200 to 2: rows of the smallest ones do not count "
            + "beside the others. Choose another column of weights, or give rows that are to be left out the weight 0.";
        assertEquals(expected, assertThrows(ModelException.class,
            () -> design(small(1, 1e-200, 1, 2), MissingValues.OMIT_ROWS, new Warnings())).getMessage());
        design(small(1, 1, 1e-200, 2), MissingValues.OMIT_ROWS, new Warnings()); // whose response is missing
        final GroupStatistics statistics = GroupStatistics.weighted("w");
        statistics.add(0, 1, 1e-200);
        statistics.add(0, 2, 2);
        statistics.add(1, 2, 1);
        assertEquals(expected, assertThrows(ModelException.class, () -> RandomInterceptModel.fit(new RandomInterceptSettings("y", "g", Method.REML,
            new InferenceSettings(DfMethod.SATTERTHWAITE, FixedCovariance.MODEL, InfluenceMethod.NONE, 95, VarianceIntervals.NONE, false), 1),
            GroupedData.of(statistics, List.of("a", "b")), Progress.NONE, new Warnings())).getMessage());
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
            assertTrue(message.startsWith("The weight in column \"w\" is ")
                && message.contains("in row \"3\", and must be a positive finite number"), message);
        }
        assertTrue(assertThrows(ModelException.class, () -> design(small(0, 0, 0, 0), MissingValues.OMIT_ROWS, new Warnings()))
            .getMessage().contains("weight 0 in \"w\" (4)"));
    }
}
