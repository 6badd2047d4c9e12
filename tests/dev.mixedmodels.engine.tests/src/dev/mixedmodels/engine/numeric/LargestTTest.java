package dev.mixedmodels.engine.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargestTTest {
    private static double[][] equal(final int k, final double rho) {
        final double[][] r = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                r[i][j] = i == j ? 1 : rho;
            }
        }
        return r;
    }

    /** Of differences of all pairs of k independent means. */
    private static double[][] pairs(final int k) {
        final int m = k * (k - 1) / 2;
        final double[][] l = new double[m][k];
        for (int i = 0, n = 0; i < k; i++) {
            for (int j = i + 1; j < k; j++, n++) {
                l[n][i] = Math.sqrt(0.5);
                l[n][j] = -Math.sqrt(0.5);
            }
        }
        return Matrices.multiply(l, Matrices.transpose(l));
    }

    @Test
    void oneStatisticIsStudentsT() {
        final LargestT two = new LargestT(new double[][] {{1}}, true, Progress.NONE);
        final LargestT one = new LargestT(new double[][] {{1}}, false, Progress.NONE);
        for (final double df : new double[] {1, 2.5, 30, 1e4, Double.POSITIVE_INFINITY}) {
            for (final double t : new double[] {0, 0.3, 2, 9}) {
                final double p = Tail.tTwoSided(t, df);
                assertEquals(p, two.upperTail(-t, df), 1e-9 * p);
                assertEquals(p / 2, one.upperTail(t, df), 1e-9 * p);
                assertEquals(1 - p / 2, one.upperTail(-t, df), 1e-9);
            }
        }
    }

    /** Miwa's algorithm (R package mvtnorm 1.1-3) within R's integrate over s, good to 1e-9. */
    @Test
    void numericalIntegrals() {
        assertEquals(0.09952997697, new LargestT(equal(4, 0.5), true, Progress.NONE).upperTail(2.4, 12.5), 1e-8);
        assertEquals(0.0499073982264, new LargestT(equal(4, 0.5), false, Progress.NONE).upperTail(2.4, 12.5), 1e-8);
        final double[][] r = {{1, 0.8, -0.2}, {0.8, 1, 0.3}, {-0.2, 0.3, 1}};
        assertEquals(0.156379880658, new LargestT(r, true, Progress.NONE).upperTail(2.1, 7.3), 1e-6);
        assertEquals(0.0832148496833, new LargestT(r, false, Progress.NONE).upperTail(2.1, 7.3), 1e-6);
        assertEquals(0.906762838322, new LargestT(r, false, Progress.NONE).upperTail(-0.4, 7.3), 1e-6);
    }

    @Test
    void independentOnesMultiply() {
        final LargestT largest = new LargestT(equal(6, 0), true, Progress.NONE);
        final double p = 2 * Tail.normal(2.3);
        assertEquals(1 - Math.pow(1 - p, 6), largest.upperTail(2.3, Double.POSITIVE_INFINITY), 1e-13);
    }

    /** Differences of all pairs have no common factor; their largest is the studentized range. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void allPairsAreTheStudentizedRange(final int k) {
        final LargestT largest = new LargestT(pairs(k), true, Progress.NONE);
        final StudentizedRange range = new StudentizedRange(k);
        final double error = k < 5 ? 5e-4 : 5e-3; // 3 to 15 statistics, of which k - 1 tell all
        for (final double df : new double[] {3, 12.5, 200}) {
            for (final double t : new double[] {0.5, 1.5, 2.5, 4, 6}) {
                final double p = range.upperTail(t * Math.sqrt(2), df);
                assertEquals(p, largest.upperTail(t, df), error * p, () -> "t = " + t + ", df = " + df);
            }
        }
    }

    /** One and the same through a common factor and through a lattice. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7})
    void bothWaysAgree(final int k) {
        final double[][] r = equal(k, 0.4);
        final CommonFactor factor = CommonFactor.of(r);
        for (final boolean twoSided : new boolean[] {true, false}) {
            final SequentialNormals normals = new SequentialNormals(r, Progress.NONE);
            for (final double w : new double[] {0, 0.7, 2, 3.5}) {
                final double p = factor.any(w, twoSided);
                assertEquals(p, normals.any(w, twoSided), (k < 5 ? 1e-5 : 1e-4) * p, () -> "w = " + w);
            }
        }
        final SequentialNormals normals = new SequentialNormals(r, Progress.NONE);
        assertEquals(factor.all(0.5), normals.all(0.5), 1e-5);
    }

    @Test
    void factorsAreFound() {
        final double[] a = {0.9, -0.3, 0.5, 0.1};
        final double[][] r = equal(4, 0);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                r[i][j] = i == j ? 1 : a[i] * a[j];
            }
        }
        assertTrue(CommonFactor.of(r) != null);
        r[0][1] += 0.01;
        r[1][0] += 0.01;
        assertEquals(null, CommonFactor.of(r));
        assertTrue(CommonFactor.of(equal(5, 0)) != null);
        assertTrue(CommonFactor.of(new double[][] {{1, -0.7}, {-0.7, 1}}) != null);
        assertEquals(null, CommonFactor.of(equal(3, 1)));
    }

    /** Statistics that are one and the same count once. */
    @Test
    void equalStatisticsAreOne() {
        final LargestT largest = new LargestT(equal(3, 1), true, Progress.NONE);
        assertEquals(Tail.tTwoSided(2.1, 9), largest.upperTail(2.1, 9), 1e-6);
    }

    /** Unequal correlations, one-sided, statistics of both signs, by simulation. */
    @Test
    void simulation() {
        final double[][] r = {{1, 0.8, -0.2}, {0.8, 1, 0.3}, {-0.2, 0.3, 1}};
        final double[] l = Matrices.flat(r);
        assertTrue(Cholesky.factor(l, 3));
        final LargestT largest = new LargestT(r, false, Progress.NONE);
        final Random random = new Random(11);
        final int n = 400_000;
        final int[] beyond = new int[3];
        final double[] t = {-0.4, 0.8, 2.2};
        for (int i = 0; i < n; i++) {
            final double[] z = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            double square = 0;
            for (int j = 0; j < 6; j++) {
                final double x = random.nextGaussian();
                square += x * x / 6;
            }
            double most = Double.NEGATIVE_INFINITY;
            for (int a = 0; a < 3; a++) {
                double sum = 0;
                for (int b = 0; b <= a; b++) {
                    sum += l[a * 3 + b] * z[b];
                }
                most = Math.max(most, sum / Math.sqrt(square));
            }
            for (int j = 0; j < 3; j++) {
                beyond[j] += most > t[j] ? 1 : 0;
            }
        }
        for (int j = 0; j < 3; j++) {
            final double p = largest.upperTail(t[j], 6);
            assertEquals(p, beyond[j] / (double) n, 4 * Math.sqrt(p * (1 - p) / n));
        }
    }
}
