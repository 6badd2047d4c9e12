package dev.mixedmodels.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.statistics.GroupReduction;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares of a batch of subjects against those that {@link RandomPart} adds one by one. */
class SubjectBatchTest {
    /** Both have the same summands; of 600 the rounding of another order stays below this part of their size. */
    private static final double ROUNDING = 1e-12;

    private static GroupReduction data(final int subjects, final int q, final int p) {
        final SplittableRandom random = new SplittableRandom(subjects + 31L * q + p);
        final double[] r = new double[subjects * q * q];
        final double[] t = new double[subjects * q * (p + 1)];
        for (int i = 0; i < r.length; i++) {
            // upper triangles; every seventh subject says nothing about its last effect
            final boolean zero = i % q < i / q % q || i / (q * q) % 7 == 0 && i / q % q == q - 1;
            r[i] = zero ? 0 : random.nextDouble() - 0.5;
        }
        for (int i = 0; i < t.length; i++) {
            t[i] = 3 * random.nextDouble() - 1;
        }
        return new GroupReduction(10 * subjects, p, q, subjects, new int[subjects], r, t, new double[(p + 1) * (p + 1)]);
    }

    private static double[] factor(final int q) {
        final double[] factor = new double[q * q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                factor[i * q + j] = i == j ? 1.5 - i : 0.3; // of no full rank where q is 3
            }
        }
        return factor;
    }

    private static void assertClose(final double[] expected, final double[] found, final String name) {
        assertEquals(expected.length, found.length, name);
        double size = 0;
        for (final double value : expected) {
            size = Math.max(size, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], ROUNDING * size, name + " " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "63,2,2", "64,3,0", "600,2,2", "600,3,1", "600,4,3"})
    void isTheSumOverSubjects(final int subjects, final int q, final int p) {
        final GroupReduction data = data(subjects, q, p);
        for (int order = 0; order <= 2; order++) {
            final JetSums expected = new JetSums(q, p + 1, 0, order);
            final RandomPart one = new RandomPart(q, p + 1, factor(q));
            for (int i = 0; i < subjects; i++) {
                one.add(data.r(), i * q * q, data.t(), i * q * (p + 1), expected);
            }
            final JetSums found = new IndependentSubjects(data).sum(factor(q), new double[0], order, Progress.NONE);
            assertEquals(expected.logDeterminant(), found.logDeterminant(), ROUNDING * expected.logDeterminant());
            assertClose(expected.k0, found.k0, "k0");
            assertClose(expected.g, found.g, "g");
            assertClose(expected.hh, found.hh, "hh");
            assertClose(expected.gg, found.gg, "gg");
            assertClose(expected.ghh, found.ghh, "ghh");
        }
    }

    @ParameterizedTest
    @CsvSource({"1e200", "1e160"})
    void variancesBeyondTheRangeOfNumbersMakeNoNumber(final double factor) {
        final JetSums sums =
            new IndependentSubjects(data(100, 1, 1)).sum(new double[] {factor}, new double[0], 0, Progress.NONE);
        assertTrue(Double.isNaN(sums.logDeterminant()));
    }
}
