package dev.mixedmodels.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Subjects that are brought together have the sums of all of them. */
class SeriesPoolTest {
    private static final int P = 3;
    private static final int[] SIZES = {4, 3, 5}; // rows of a subject of each pattern
    private static final int SUBJECTS = 367;
    private static final int FEW = 7; // of the last pattern, too few
    /** Cross-products instead of rows: rounding of some hundred summands, times the condition of R. */
    private static final double SAME = 1e-11;

    /** Rows [z x y] whose subjects vary so much more than the rows within them; x has an intercept and a time. */
    private static SubjectSeries series(final ResidualStructure structure, final int q, final double between) {
        final Random random = new Random(8);
        final int[] starts = new int[SUBJECTS + 1];
        final int[] pattern = new int[SUBJECTS];
        for (int i = 0; i < SUBJECTS; i++) {
            pattern[i] = i >= SUBJECTS - FEW ? 2 : i % 6 == 0 ? 1 : 0;
            starts[i + 1] = starts[i] + SIZES[pattern[i]];
        }
        final int rows = starts[SUBJECTS];
        final int width = q + P + 1;
        final double[] values = new double[rows * width];
        final double[][] positions = new double[1][rows];
        for (int i = 0; i < SUBJECTS; i++) {
            final double subject = between * random.nextGaussian();
            final double covariate = random.nextGaussian();
            for (int row = starts[i]; row < starts[i + 1]; row++) {
                final double time = (row - starts[i]) * (1 + pattern[i] / 4.0);
                positions[0][row] = time;
                final double[] all = {1, time, time * time};
                System.arraycopy(all, 0, values, row * width, q);
                System.arraycopy(new double[] {1, time, covariate, subject + random.nextGaussian()}, 0, values,
                    row * width + q, P + 1);
            }
        }
        return new SubjectSeries(q, P, values, starts, structure, positions, new double[0][]);
    }

    /** Those of the mixed derivatives to {@code mixed}, for they cancel where D is large, of all subjects too. */
    private static void assertSameSums(final SubjectSeries series, final double size, final double same,
        final double mixed) {
        final SubjectSeries pooled = series.pooled(Progress.NONE);
        assertEquals(2, pooled.pooled().pools().size());
        assertEquals(FEW, pooled.pooled().rest().subjects());
        final int q = series.q();
        final double[] factor = new double[q * q];
        for (int i = 0; i < q; i++) {
            factor[i * q + i] = size;
            factor[i * q] += size / 3;
        }
        final double[] eta = new double[series.residualParameters()];
        Arrays.fill(eta, 0.3);
        for (int order = 0; order < 3; order++) {
            final JetSums expected = series.sum(factor, eta, order, Progress.NONE);
            final JetSums found = pooled.sum(factor, eta, order, Progress.NONE);
            assertEquals(expected.logDeterminant(), found.logDeterminant(), same * Math.abs(expected.logDeterminant()));
            assertClose(expected.k0, found.k0, same);
            assertClose(expected.g, found.g, same);
            assertClose(expected.hh, found.hh, same);
            assertClose(expected.gg, found.gg, same);
            assertClose(expected.ghh, found.ghh, same);
            assertClose(expected.trace, found.trace, same);
            assertClose(expected.k1, found.k1, same);
            assertClose(expected.n, found.n, mixed);
            assertClose(expected.hj, found.hj, mixed);
            assertClose(expected.trace2, found.trace2, same);
            assertClose(expected.k2, found.k2, same);
            assertClose(expected.curvatureTrace, found.curvatureTrace, same);
            assertClose(expected.curvature, found.curvature, same);
        }
    }

    private static void assertClose(final double[] expected, final double[] found, final double same) {
        final double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertEquals(expected.length, found.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], same * largest);
        }
    }

    @ParameterizedTest
    @EnumSource(ResidualStructure.class)
    void theSumsAreThoseOfAllSubjects(final ResidualStructure structure) {
        for (int q = 0; q < 4; q++) {
            if (structure.nearlySingular()) {
                assertNull(series(structure, q, 1).pooled(Progress.NONE).pooled());
            } else {
                assertSameSums(series(structure, q, 1), 1, SAME, SAME);
            }
        }
    }

    /** With compound symmetry psi tells a correlation by the largest number of rows of all subjects. */
    @ParameterizedTest
    @EnumSource(ResidualStructure.class)
    void partsAddUpToTheWhole(final ResidualStructure structure) {
        final SubjectSeries series = series(structure, 1, 1);
        final double[] eta = new double[series.residualParameters()];
        Arrays.fill(eta, 0.3);
        final JetSums whole = series.sum(new double[] {0.8}, eta, 1, Progress.NONE);
        final JetSums parts = new JetSums(1, P + 1, eta.length, 1);
        for (int from = 0; from < SUBJECTS; from += 64) {
            parts.add(series.part(from, Math.min(SUBJECTS, from + 64)).sum(new double[] {0.8}, eta, 1, Progress.NONE));
        }
        parts.add(series.some(new int[] {5, 2}).sum(new double[] {0.8}, eta, 1, Progress.NONE));
        whole.add(series.part(2, 3).sum(new double[] {0.8}, eta, 1, Progress.NONE));
        whole.add(series.part(5, 6).sum(new double[] {0.8}, eta, 1, Progress.NONE));
        assertEquals(whole.logDeterminant(), parts.logDeterminant(), SAME * Math.abs(whole.logDeterminant()));
        assertClose(whole.k0, parts.k0, SAME);
        assertClose(whole.k1, parts.k1, SAME);
    }

    /** A million times the standard deviation of rows leaves them 10 of 16 digits in the table itself. */
    @ParameterizedTest
    @EnumSource(value = ResidualStructure.class, names = {"AR1", "CONTINUOUS_AR1", "COMPOUND_SYMMETRY", "ARMA11", "EXPONENTIAL"})
    void subjectsThatVaryMuchMoreLeaveRowsTheirDigits(final ResidualStructure structure) {
        for (int q = 1; q < 3; q++) {
            assertSameSums(series(structure, q, 1e6), 1e6, 1e-9, 1e-3);
        }
    }
}
