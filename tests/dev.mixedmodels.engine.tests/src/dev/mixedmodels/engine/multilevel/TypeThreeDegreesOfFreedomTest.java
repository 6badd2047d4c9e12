package dev.mixedmodels.engine.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** F tests of several rows are the same however the levels are coded, ordered and named. */
class TypeThreeDegreesOfFreedomTest {
    private static final String MODEL = "y ~ arm * x + (1 | site/id)";
    /** Two fits in different coordinates. */
    private static final double SAME = 1e-7;

    private static Frame frame(final UnaryOperator<String> name, final double scale) {
        final TestData data = TestData.read("threearms");
        return new Frame(data.rows(), List.of(
            NominalColumn.of("arm", Arrays.stream(data.strings("arm")).map(name).toList()),
            NominalColumn.of("site", Arrays.asList(data.strings("site"))),
            NominalColumn.of("id", Arrays.asList(data.strings("id"))),
            new NumericColumn("x", Arrays.stream(data.numbers("x")).map(x -> scale * x).toArray()),
            new NumericColumn("y", data.numbers("y"))));
    }

    private static FitStatisticRow test(final String term, final Frame frame, final DesignOptions options,
        final UnaryOperator<MultilevelSettings> how) {
        return Fits.statistic(Fits.fit(MODEL, frame, how, options, new Warnings()), "Fixed " + term);
    }

    @Test
    void rowsAreOrthonormalAsFunctionsOfTheLevels() {
        // lmerTest 3.1-3: contestMD with the rows (1, -1, 0) / sqrt(2) and (1, 1, -2) / sqrt(6) over the three levels
        final Frame frame = frame(arm -> arm, 1);
        final FitStatisticRow slopes = test("arm:x", frame, DesignOptions.DEFAULT, Fits.ML);
        assertEquals(0.31395047, slopes.value(), 1e-6 * 0.31395047);
        assertEquals(33.05558, slopes.denDf(), 1e-5 * slopes.denDf());
        final FitStatisticRow arms = test("arm", frame, DesignOptions.DEFAULT, Fits.ML);
        assertEquals(1.3227649, arms.value(), 1e-6 * 1.3227649);
        assertEquals(12.29309, arms.denDf(), 1e-5 * arms.denDf());
    }

    @Test
    void noReferenceLevelCodingNameOrScaleChangesThem() {
        final List<DesignOptions> codings = List.of(
            DesignOptions.DEFAULT.withOrder("arm", LevelOrder.reference("pbo")),
            DesignOptions.DEFAULT.withOrder("arm", LevelOrder.reference("hi")).withCoding(Coding.SUM),
            DesignOptions.DEFAULT.withCoding(Coding.HELMERT));
        for (final UnaryOperator<MultilevelSettings> how : List.of(Fits.QUICK, Fits.ML, Fits.df(DfMethod.KENWARD_ROGER))) {
            for (final String term : List.of("arm", "arm:x")) {
                final FitStatisticRow expected = test(term, frame(arm -> arm, 1), DesignOptions.DEFAULT, how);
                for (final DesignOptions options : codings) {
                    assertSame(expected, test(term, frame(arm -> arm, 1), options, how));
                }
                assertSame(expected, test(term, frame(arm -> arm.equals("pbo") ? "a" : arm, 1), DesignOptions.DEFAULT,
                    how));
                assertSame(expected, test(term, frame(arm -> arm, 1e6), DesignOptions.DEFAULT, how));
            }
        }
    }

    private static void assertSame(final FitStatisticRow expected, final FitStatisticRow actual) {
        assertEquals(2, actual.numDf(), 0);
        assertEquals(expected.value(), actual.value(), SAME * expected.value());
        assertEquals(expected.denDf(), actual.denDf(), SAME * expected.denDf());
        assertEquals(expected.pValue(), actual.pValue(), SAME);
    }
}
