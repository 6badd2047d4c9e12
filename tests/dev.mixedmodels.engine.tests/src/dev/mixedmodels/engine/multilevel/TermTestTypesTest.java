package dev.mixedmodels.engine.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.TestType;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.GoldenFrame;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** F tests of types I and II against lmerTest, on data where they differ from type III. */
class TermTestTypesTest {
    static List<Golden> references() {
        return Golden.read("term_tests").list();
    }

    private static String formula(final String name) {
        return switch (name) {
            case "threearms" -> "y ~ arm * x + (1 | id)";
            case "hetar1" -> "y ~ baseline + arm * visit + (1 | subject)";
            default -> "distance ~ Sex * age + (1 | Subject)";
        };
    }

    private static Frame frame(final String name) {
        final Frame frame = GoldenFrame.of(TestData.read(name), Set.of("visit", "subject", "id"));
        if (!name.equals("orthodont")) {
            return frame;
        }
        final double[] y = new double[frame.rows()];
        for (int i = 0; i < y.length; i++) {
            y[i] = (i + 1) % 7 == 3 ? Double.NaN : frame.column("distance").value(i);
        }
        return frame.with(new NumericColumn("distance", y));
    }

    private static FitStatisticRow row(final String name, final String formula, final DesignOptions options, final DfMethod df,
        final String term) {
        final MultilevelSettings settings =
            MultilevelSettings.of(new ModelSpecification.ByFormula(Formula.parse(formula))).withOptions(options)
                .withInference(i -> i.withDf(df).withVariances(VarianceIntervals.NONE, false));
        return MultilevelModel.fit(settings, frame(name), Progress.NONE, new Warnings()).tables().modelFit().stream()
            .filter(r -> r.statistic().equals("Fixed " + term)).findFirst().orElseThrow();
    }

    private static DesignOptions options(final Golden golden) {
        return DesignOptions.DEFAULT.withTests(TestType.values()[(int) golden.at("type").number() - 1]);
    }

    /** lmerTest's degrees of freedom of several rows depend on how it writes them; Kenward and Roger's do not. */
    @ParameterizedTest
    @MethodSource("references")
    void testsAgreeWithLmerTest(final Golden golden) {
        final String name = golden.at("name").text();
        final boolean kenwardRoger = golden.at("ddf").text().equals("Kenward-Roger");
        final List<String> terms = golden.at("term").texts();
        for (int k = 0; k < terms.size(); k++) {
            final FitStatisticRow row = row(name, formula(name), options(golden),
                kenwardRoger ? DfMethod.KENWARD_ROGER : DfMethod.SATTERTHWAITE, terms.get(k));
            final double numDf = golden.at("num").numbers()[k];
            assertEquals(golden.at("F").numbers()[k], row.value(), 2e-5 * row.value(), golden.at("type").text() + terms.get(k));
            assertEquals(numDf, row.numDf());
            if (kenwardRoger || numDf == 1) {
                assertEquals(golden.at("den").numbers()[k], row.denDf(), 1e-3 * row.denDf(), terms.get(k));
            }
            assertTrue(row.note().startsWith("Type " + (golden.at("type").number() == 1 ? "I" : "II") + " F test of what"));
        }
    }

    @Test
    void codingDoesNotMatter() {
        for (final TestType type : TestType.values()) {
            final DesignOptions options = DesignOptions.DEFAULT.withTests(type);
            for (final String term : List.of("arm", "x", "arm:x")) {
                final FitStatisticRow a = row("threearms", "y ~ arm * x + (1 | id)", options, DfMethod.SATTERTHWAITE, term);
                final FitStatisticRow b =
                    row("threearms", "y ~ arm * x + (1 | id)", options.withCoding(Coding.HELMERT), DfMethod.SATTERTHWAITE, term);
                assertEquals(a.value(), b.value(), 1e-8 * a.value(), type + term);
                assertEquals(a.denDf(), b.denDf(), 1e-6 * a.denDf(), type + term);
            }
        }
    }

    /** The last term of a formula is beside all others in every type, and without interactions II is III. */
    @Test
    void typesAgreeWhereTheyAskTheSame() {
        for (final TestType type : TestType.values()) {
            final FitStatisticRow three = row("threearms", "y ~ arm + x + (1 | id)",
                DesignOptions.DEFAULT.withTests(TestType.III), DfMethod.SATTERTHWAITE, type == TestType.I ? "x" : "arm");
            final FitStatisticRow other = row("threearms", "y ~ arm + x + (1 | id)", DesignOptions.DEFAULT.withTests(type),
                DfMethod.SATTERTHWAITE, type == TestType.I ? "x" : "arm");
            assertEquals(three.value(), other.value(), 1e-9 * three.value());
            assertEquals(three.denDf(), other.denDf(), 1e-7 * three.denDf());
        }
    }

    /** Type I of a factor without an intercept is that all means are 0, and of the factor after one of what it adds. */
    @Test
    void aFactorWithoutInterceptIsSaidToBeTestedAgainstZero() {
        final FitStatisticRow row = row("threearms", "y ~ 0 + arm + x + (1 | id)", DesignOptions.DEFAULT.withTests(TestType.I),
            DfMethod.SATTERTHWAITE, "arm");
        assertEquals(3, row.numDf());
        assertTrue(row.note().contains("the means of all levels are 0"), row.note());
    }
}
