package dev.mixedmodels.engine.oneway;

import static dev.mixedmodels.engine.oneway.Fixtures.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupStatisticsTest {
    /** What the analysis of variance promises on the stored doubles, however many leading digits they share. */
    private static final double EXACT = 1e-12;

    /**
     * Data built as the NIST StRD family SmLs (Simon and Lesage 1989): 9 treatments at offset + 0.4, four of them 0.1
     * lower and four 0.1 higher, and the replicates of each likewise, so that F is the number of replicates.
     */
    private static double[][] simonLesage(final double offset, final int replicates) {
        final double[] deviation = {0, -0.1, 0.1};
        final double[][] groups = new double[9][replicates];
        for (int g = 0; g < groups.length; g++) {
            for (int i = 0; i < replicates; i++) {
                groups[g][i] = offset + (0.4 + deviation[alternate(g)] + deviation[alternate(i)]);
            }
        }
        return groups;
    }

    /** 0, 1, 2, 1, 2, ... */
    private static int alternate(final int i) {
        return i == 0 ? 0 : 2 - i % 2;
    }

    @ParameterizedTest
    @CsvSource({"1,21", "1,201", "1,2001", "1e6,21", "1e6,201", "1e6,2001", "1e12,21", "1e12,201", "1e12,2001",
        "1e13,21", "-1e12,201"})
    void constantLeadingDigitsCostNothing(final double offset, final int replicates) {
        assertExact(simonLesage(offset, replicates));
    }

    @Test
    void theFamilyOfSimonAndLesageHasTheCertifiedStatistic() {
        // replicates 21, 201, 2001: certified F 21, 201, 2001
        for (final int replicates : new int[] {21, 201, 2001}) {
            final AnovaTable table = Fixtures.anova(Rows.of(simonLesage(0, replicates)).statistics());
            assertRelative(replicates, table.f(), 1e-13, "F");
            assertRelative(1.68 * replicates / 21, table.between(), 1e-13, "sum of squares between");
        }
    }

    @Test
    void groupsFarApartKeepTheDigitsOfTheirVariationWithin() {
        final Random random = new Random(5);
        final double[][] groups = new double[7][];
        for (int g = 0; g < groups.length; g++) {
            final double centre = (g % 2 == 0 ? 1 : -1) * Math.pow(10, 2 * g);
            groups[g] = random.doubles(2 + 3 * g).map(u -> centre + u).toArray();
        }
        assertExact(groups);
    }

    @Test
    void anOutlierAsTheFirstRowOfAGroupDoesNoHarm() {
        final Random random = new Random(6);
        final double[][] groups = new double[3][];
        for (int g = 0; g < groups.length; g++) {
            groups[g] = random.doubles(300).toArray();
            groups[g][0] = 1e13;
        }
        assertExact(groups);
    }

    @Test
    void nearlyEqualMeansKeepTheSmallSumOfSquaresBetween() {
        final double[][] groups = {{1e8, -1e8, 1e-3}, {2e8, -2e8, 1.1e-3}, {-3e8, 3e8, 0.9e-3}, {7, -7, 1e-3}};
        assertExact(groups);
    }

    private static void assertExact(final double[][] groups) {
        final ExactAnova exact = new ExactAnova(groups);
        final Rows rows = Rows.of(groups);
        for (final Rows order : new Rows[] {rows, rows.shuffled(1), rows.shuffled(2)}) {
            final GroupStatistics statistics = order.statistics();
            final AnovaTable table = Fixtures.anova(statistics);
            assertRelative(exact.between.doubleValue(), table.between(), EXACT, "sum of squares between");
            assertRelative(exact.within.doubleValue(), table.within(), EXACT, "sum of squares within");
            assertRelative(exact.meanSquareBetween.doubleValue(), table.meanSquareBetween(), EXACT, "mean square");
            assertRelative(exact.f.doubleValue(), table.f(), EXACT, "F");
            final SizeClasses classes = SizeClasses.of(statistics, table);
            final VarianceEstimates estimates = MomentEstimator.estimate(classes, table);
            final double square = classes.unit() * classes.unit();
            assertRelative(exact.meanSquareWithin.doubleValue(), estimates.tau2() * square, EXACT, "tau2");
            // subtracting the mean squares costs MSW / |MSB - MSW|
            final double cancelled = Math.max(1, exact.meanSquareWithin.doubleValue()
                / Math.abs(exact.meanSquareBetween.subtract(exact.meanSquareWithin).doubleValue()));
            assertRelative(exact.sigma2.doubleValue(), estimates.sigma2() * square, EXACT * cancelled, "sigma2");
        }
    }

    @Test
    void orderOfRowsChangesNothingThatADoubleShows() {
        final Rows rows = Fixtures.simulate(new Random(8), new int[] {1, 40, 300, 2, 7}, 3, 1).scaled(1, 1e9);
        final AnovaTable table = Fixtures.anova(rows.statistics());
        for (int seed = 0; seed < 20; seed++) {
            final AnovaTable shuffled = Fixtures.anova(rows.shuffled(seed).statistics());
            assertRelative(table.between(), shuffled.between(), 1e-15, "between");
            assertRelative(table.within(), shuffled.within(), 1e-15, "within");
            assertEquals(table.grandMean(), shuffled.grandMean());
        }
    }

    @Test
    void mergedPartsGiveTheWhole() {
        final Rows rows = Fixtures.simulate(new Random(9), new int[] {5, 1, 40, 8, 8}, 100, 0.01).scaled(1, 1e7)
            .shuffled(4);
        final GroupStatistics whole = rows.statistics();
        final GroupStatistics merged = new GroupStatistics(1);
        for (int part = 0; part < 4; part++) {
            final GroupStatistics some = new GroupStatistics(1);
            for (int i = part; i < rows.y().length; i += 4) {
                some.add(rows.group()[i], rows.y()[i]);
            }
            Fixtures.merge(merged, some);
        }
        Fixtures.merge(merged, new GroupStatistics());
        assertEquals(whole.groups(), merged.groups());
        for (int g = 0; g < whole.groups(); g++) {
            assertEquals(whole.n(g), merged.n(g));
            assertEquals(Fixtures.mean(whole, g), Fixtures.mean(merged, g));
            assertRelative(whole.sumOfSquares(g), merged.sumOfSquares(g), 1e-15, "sum of squares");
        }
    }

    @Test
    void groupsMayComeInAnyOrderAndBeEmpty() {
        final GroupStatistics statistics = new GroupStatistics(1);
        statistics.add(70_000, 3);
        statistics.add(2, 1);
        statistics.add(70_000, 5);
        assertEquals(70_001, statistics.groups());
        assertEquals(0, statistics.n(5));
        assertEquals(4.0, Fixtures.mean(statistics, 70_000));
        assertEquals(2.0, statistics.sumOfSquares(70_000));
        assertEquals(0.0, statistics.sumOfSquares(2));
        final AnovaTable table = Fixtures.anova(statistics);
        assertEquals(2, table.groups());
        assertTrue(Double.isNaN(table.deviation(5)));
    }
}
