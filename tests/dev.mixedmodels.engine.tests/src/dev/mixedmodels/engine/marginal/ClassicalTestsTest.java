package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against R 4.2.2 (mauchly.test, anova.mlm) on Orthodont and on four days of BodyWeight with three unequal diets. */
class ClassicalTestsTest {
    private static ModelFit orthodont(final String formula) {
        return Simulated.fit(MarginalSettings.of(Formula.parse(formula), new Layout("Subject", "age", null, null),
            VisitStructure.UNSTRUCTURED), Reference.frame("orthodont", "age"));
    }

    private static ModelFit diets() {
        final TestData data = TestData.read("bodyweight");
        final double[] time = data.numbers("Time");
        final int[] rows = IntStream.range(0, time.length).filter(i -> List.of(1.0, 22.0, 43.0, 64.0)
            .contains(time[i])).toArray();
        final Frame frame = new Frame(rows.length, List.of(
            NominalColumn.of("Rat", Arrays.stream(rows).mapToObj(i -> data.strings("Rat")[i]).toList()),
            NominalColumn.of("Diet", Arrays.stream(rows).mapToObj(i -> "diet " + data.strings("Diet")[i]).toList()),
            new NumericColumn("Time", Arrays.stream(rows).mapToDouble(i -> time[i]).toArray()),
            new NumericColumn("weight", Arrays.stream(rows).mapToDouble(i -> data.numbers("weight")[i]).toArray())));
        return Simulated.fit(MarginalSettings.of(Formula.parse("weight ~ Diet * Time"),
            new Layout("Rat", "Time", null, null), VisitStructure.AR1), frame);
    }

    private static void check(final ModelFit fit, final String name, final double value, final double numDf,
        final double denDf, final double p) {
        final FitStatisticRow row = Simulated.row(fit, name);
        assertEquals(value, row.value(), 1e-8 * Math.abs(value), name);
        assertEquals(numDf, row.numDf(), 1e-4 * numDf, name);
        assertEquals(denDf, row.denDf(), 1e-4 * denDf, name);
        assertEquals(p, row.pValue(), 1e-5 * p, name);
    }

    @Test
    void sphericityOfOrthodontEqualsR() {
        final ModelFit fit = orthodont("distance ~ Sex * age");
        final FitStatisticRow mauchly = Simulated.row(fit, "Mauchly Sphericity");
        assertEquals(0.7353334480, mauchly.value(), 1e-8);
        assertEquals(0.2000891, mauchly.pValue(), 1e-4); // R puts 4 for 3 in one term of the second-order weight
        assertEquals(0.8671974, Simulated.statistic(fit, "Epsilon Greenhouse-Geisser"), 1e-6);
        assertEquals(0.9768760, Simulated.statistic(fit, "Epsilon Huynh-Feldt"), 1e-6);
        check(fit, "Sphericity Assumed Sex:age", 2.361563055, 3, 75, 0.078058267);
        assertEquals(0.087774418, Simulated.row(fit, "Greenhouse-Geisser Sex:age").pValue(), 1e-7);
        assertEquals(0.079667878, Simulated.row(fit, "Huynh-Feldt Sex:age").pValue(), 1e-7);
    }

    @Test
    void multivariateTestsOfThreeDietsEqualR() {
        final ModelFit fit = diets();
        check(fit, "Wilks Diet:Time", 0.184674207778, 6, 22, 2.65253713202e-03);
        check(fit, "Pillai Diet:Time", 0.976422126777, 6, 24, 8.21818116640e-03);
        check(fit, "Hotelling-Lawley Diet:Time", 3.54261412861, 6, 20, 1.11750627664e-03);
        check(fit, "Roy Diet:Time", 3.27636570643, 3, 12, 4.28709469948e-04);
        assertEquals(6.61146, Simulated.row(fit, "Sphericity Assumed Diet:Time").value(), 1e-5);
        assertEquals(7.040107021e-05, Simulated.row(fit, "Sphericity Assumed Diet:Time").pValue(), 1e-13);
        assertEquals(0.0022441681336, Simulated.row(fit, "Greenhouse-Geisser Diet:Time").pValue(), 1e-11);
        assertEquals(0.0013921230194, Simulated.row(fit, "Huynh-Feldt Diet:Time").pValue(), 1e-11);
    }

    /** Type III of the visit: F of the unstructured model times (nu - k + 1) / nu is Hotelling's. */
    @Test
    void hotellingAgreesWithTheUnstructuredModel() {
        final ModelFit fit = orthodont("distance ~ Sex * age");
        assertEquals(Simulated.row(fit, "Fixed age").value() * 3 / 25,
            Simulated.row(fit, "Hotelling-Lawley age").value(), 1e-8);
    }

    /** Under compound symmetry the F tests are those of sphericity. */
    @Test
    void sphericityAssumedAgreesWithCompoundSymmetry() {
        final ModelFit fit = Simulated.fit(MarginalSettings.of(Formula.parse("distance ~ Sex * age"),
            new Layout("Subject", "age", null, null), VisitStructure.COMPOUND_SYMMETRY),
            Reference.frame("orthodont", "age"));
        for (final String term : List.of("age", "Sex:age")) {
            assertEquals(Simulated.row(fit, "Fixed " + term).value(),
                Simulated.row(fit, "Sphericity Assumed " + term).value(), 1e-7);
            assertEquals(75, Simulated.row(fit, "Fixed " + term).denDf(), 1e-3);
        }
    }

    @Test
    void saysWhyThereAreNone() {
        assertTrue(Simulated.row(orthodont("distance ~ Sex + age"), "Mauchly Sphericity").note()
            .contains("without its interaction"));
        final ModelFit gaps = Simulated.fit(Simulated.settings("y ~ visit", VisitStructure.AR1, true),
            new Simulated(20, 3, 0.3, 1).frame());
        assertTrue(Double.isNaN(Simulated.statistic(gaps, "Mauchly Sphericity")));
        assertTrue(Simulated.row(gaps, "Mauchly Sphericity").note().contains("not complete"));
    }

    /** 2 subjects leave one degree of freedom: S has one eigenvalue, epsilon is 1/k, and Huynh-Feldt's is 0 / 0. */
    @Test
    void whatTwoSubjectsLeaveUndefinedIsMissing() {
        for (int visits = 2; visits <= 6; visits++) {
            final ModelFit fit = Simulated.fit(Simulated.settings("y ~ visit", VisitStructure.COMPOUND_SYMMETRY, true),
                new Simulated(2, visits, 0, 7).frame());
            assertEquals(1.0 / (visits - 1), Simulated.statistic(fit, "Epsilon Greenhouse-Geisser"), 1e-12);
            assertEquals(Double.NaN, Simulated.statistic(fit, "Epsilon Huynh-Feldt"));
            assertEquals(Double.NaN, Simulated.row(fit, "Huynh-Feldt visit").denDf());
            assertEquals(Double.NaN, Simulated.row(fit, "Huynh-Feldt visit").pValue());
            assertEquals(1, Simulated.row(fit, "Greenhouse-Geisser visit").denDf(), 1e-12);
        }
    }

    @Test
    void everythingLiesInItsRangeForFewSubjects() {
        for (int seed = 0; seed < 40; seed++) {
            final int visits = 2 + seed % 5;
            final ModelFit fit = Simulated.fit(Simulated.settings(seed % 2 == 0 ? "y ~ visit" : "y ~ arm * visit",
                VisitStructure.COMPOUND_SYMMETRY, true), new Simulated(3 + seed % 7, visits, 0, seed).frame());
            for (final FitStatisticRow row : fit.tables().modelFit()) {
                if (row.statistic().startsWith("Epsilon")) {
                    assertTrue(Double.isNaN(row.value()) || row.value() >= 1.0 / (visits - 1) - 1e-12
                        && row.value() <= 1, row::toString);
                }
                assertTrue(!(row.pValue() < 0) && !(row.pValue() > 1), row::toString);
                assertTrue(!(row.denDf() <= 0), row::toString);
            }
        }
    }

    /** The third visit is the mean of the first two: one contrast of the visits never varies. */
    @Test
    void aCollinearVisitLeavesNoMultivariateTest() {
        final Simulated data = new Simulated(12, 4, 0, 8);
        for (int i = 2; i < data.y.size(); i += 4) {
            data.y.set(i, (data.y.get(i - 2) + data.y.get(i - 1)) / 2);
        }
        final ModelFit fit = Simulated.fit(Simulated.settings("y ~ visit", VisitStructure.COMPOUND_SYMMETRY, true),
            data.frame());
        assertTrue(Simulated.row(fit, "Mauchly Sphericity").note().contains("does not vary"));
        assertEquals(Double.NaN, Simulated.statistic(fit, "Mauchly Sphericity"));
        assertTrue(fit.tables().modelFit().stream().noneMatch(row -> row.statistic().startsWith("Wilks")));
    }

    @Test
    void subjectsWithParallelVisitsHaveNothingToTest() {
        final Simulated data = new Simulated(12, 3, 0, 9);
        for (int i = 0; i < data.y.size(); i++) {
            data.y.set(i, Math.floor(data.y.get(i - i % 3)) + data.visit.get(i));
        }
        final ModelFit fit = Simulated.fit(Simulated.settings("y ~ visit", VisitStructure.DIAGONAL, true),
            data.frame());
        assertTrue(Simulated.row(fit, "Mauchly Sphericity").note().contains("nothing varies"));
    }
}
