package dev.mixedmodels.engine.oneway;

import static dev.mixedmodels.engine.oneway.Fixtures.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The estimate is the global maximum of the likelihood. */
class RatioSearchTest {
    /** Lowest value of the profile on a dense grid of ratios, 0 included. */
    private static double lowest(final RatioCriterion criterion) {
        double lowest = criterion.profile(criterion.at(0));
        for (double log = -18; log < 25; log += 0.01) {
            lowest = Math.min(lowest, criterion.profile(criterion.at(Math.exp(log))));
        }
        return lowest;
    }

    private static int minima(final RatioCriterion criterion) {
        int minima = criterion.profileSlope(criterion.at(0)) >= 0 ? 1 : 0;
        boolean falling = minima == 0;
        for (double log = -18; log < 25; log += 0.01) {
            final boolean falls = criterion.profileSlope(criterion.at(Math.exp(log))) < 0;
            minima += falling && !falls ? 1 : 0;
            falling = falls;
        }
        return minima;
    }

    @Test
    void noPointOfADenseGridIsLowerWhateverTheSizes() {
        final Random random = new Random(21);
        int several = 0;
        for (int trial = 0; trial < 60; trial++) {
            final int[] sizes = random.ints(3 + random.nextInt(6), 0, 3).map(i -> new int[] {1, 3, 400}[i]).toArray();
            sizes[0] = 400;
            final double[][] groups = new double[sizes.length][];
            for (int g = 0; g < sizes.length; g++) {
                // large groups close together, small ones far apart: the likelihood may rise twice
                final double effect = (sizes[g] == 400 ? 0.1 : 3) * random.nextGaussian();
                groups[g] = random.doubles(sizes[g]).map(u -> effect + random.nextGaussian()).toArray();
            }
            final SizeClasses classes = Rows.of(groups).classes();
            for (final boolean restricted : new boolean[] {false, true}) {
                final RatioCriterion criterion = new RatioCriterion(classes, restricted);
                final double found = criterion.profile(new RatioSearch(criterion).minimum());
                final double dense = lowest(criterion);
                assertTrue(found <= dense + 1e-12 * Math.abs(dense), () -> "found " + found + ", grid has " + dense);
                several += minima(criterion) > 1 ? 1 : 0;
            }
        }
        assertTrue(several > 0, "no data set with several maxima among those tried");
    }

    /** Three groups of one size at one place, single rows far out: one maximum at small ratios and one at large. */
    @Test
    void theHigherOfTwoMaximaWins() {
        int atZero = 0;
        int inside = 0;
        for (double far = 2; far < 6; far += 0.1) {
            final SizeClasses classes = twoMaxima(far);
            final RatioCriterion criterion = new RatioCriterion(classes, false);
            final RatioCriterion.Point best = new RatioSearch(criterion).minimum();
            assertEquals(lowest(criterion), criterion.profile(best), 1e-3, "far " + far); // grid step 0.01
            if (minima(criterion) > 1) {
                atZero += best.ratio() < 1e-3 ? 1 : 0;
                inside += best.ratio() > 1e-2 ? 1 : 0;
            }
        }
        assertTrue(inside + atZero > 0, "several maxima: " + atZero + " times at 0, " + inside + " times inside");
    }

    private static SizeClasses twoMaxima(final double far) {
        final double[][] groups = new double[8][];
        final Random random = new Random(4);
        for (int g = 0; g < 4; g++) {
            groups[g] = random.doubles(1000).map(u -> random.nextGaussian()).toArray();
            groups[4 + g] = new double[] {g % 2 == 0 ? far : -far};
        }
        return Rows.of(groups).classes();
    }

    @Test
    void balancedDataHaveTheClosedForm() {
        final Random random = new Random(22);
        for (int trial = 0; trial < 40; trial++) {
            final int a = 2 + random.nextInt(8);
            final int n = 2 + random.nextInt(6);
            final double[][] groups = new double[a][];
            final double sigma = trial % 3 == 0 ? 0 : Math.exp(4 * random.nextGaussian());
            for (int g = 0; g < a; g++) {
                final double effect = sigma * random.nextGaussian();
                groups[g] = random.doubles(n).map(u -> effect + random.nextGaussian()).toArray();
            }
            final Rows rows = Rows.of(groups);
            final AnovaTable table = Fixtures.anova(rows.statistics());
            for (final boolean restricted : new boolean[] {false, true}) {
                final double between = table.between() / (restricted ? a - 1 : a); // tau2 + n sigma2
                final boolean boundary = between <= table.meanSquareWithin();
                final double tau2 = boundary ? (table.between() + table.within()) / (a * n - (restricted ? 1 : 0))
                    : table.meanSquareWithin();
                final SizeClasses classes = rows.classes();
                final VarianceEstimates e = new LikelihoodEstimator(classes, restricted).estimate();
                final double square = classes.unit() * classes.unit();
                assertEquals(boundary, e.boundary());
                assertRelative(tau2, e.tau2() * square, 1e-12, "tau2");
                final double sigma2 = boundary ? 0 : (between - tau2) / n;
                // what the difference of the mean squares cancels
                assertEquals(sigma2, e.sigma2() * square, 1e-12 * (between + tau2), "sigma2");
            }
        }
    }

    @Test
    void hugeAndTinyRatiosAreFoundToFullPrecision() {
        for (final double tau : new double[] {1e-6, 1e-9, 1e-60}) {
            final double[][] groups = {{0, tau}, {1, 1 + 1e-12, 1 - 1e-12}, {3, 3}, {-5, -5}};
            final SizeClasses classes = Rows.of(groups).classes();
            final VarianceEstimates e = new LikelihoodEstimator(classes, true).estimate();
            assertEquals(0, e.gradient(), 1e-9);
            assertRelative(1, e.intraclassCorrelation(), 1e-6, "almost all between groups");
        }
    }
}
