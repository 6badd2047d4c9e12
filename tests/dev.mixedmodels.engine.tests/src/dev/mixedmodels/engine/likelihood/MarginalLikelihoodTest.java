package dev.mixedmodels.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.CorrelationByFormula;
import dev.mixedmodels.engine.covariance.CovariancePoint;
import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.covariance.Extent;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The criteria of all structures against dense matrices and differences, on random data with gaps and two groups. */
class MarginalLikelihoodTest {
    private static final int VISITS = 4;
    private static final double STEP = 1e-4;
    /** Richardson differences of numbers of order 100. */
    private static final double DIFFERENCES = 1e-7;

    private interface Check {
        void of(MarginalLikelihood fast, DenseMarginal dense, DenseMarginal.Covariance covariance, double[] theta,
            boolean reml);
    }

    private static List<DynamicTest> forAll(final Check check) {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final VisitStructure structure : VisitStructure.values()) {
            for (final int groups : new int[] {1, 2}) {
                // 10 subjects: rows are kept; 120: the frequent patterns are pooled
                for (final int subjects : new int[] {10, 120}) {
                    final boolean reml = (structure.ordinal() + groups + subjects / 120) % 2 == 0;
                    tests.add(DynamicTest.dynamicTest(structure + ", " + groups + " groups, " + subjects
                        + " subjects, " + (reml ? "REML" : "ML"), () -> run(structure, groups, subjects, reml, check)));
                }
            }
        }
        return tests;
    }

    private static void run(final VisitStructure structure, final int groups, final int subjects, final boolean reml,
        final Check check) {
        final DenseMarginal dense = new DenseMarginal(subjects, VISITS, groups, 7 + structure.ordinal());
        final MarginalLikelihood fast;
        final DenseMarginal.Covariance covariance;
        if (structure.overPlaces() != null) {
            fast = new SeriesLikelihood(IntStream.range(0, groups).mapToObj(g -> dense.series(g, structure.overPlaces()))
                .toList(), new Extent(VISITS, 0.5, 1, 4), reml, Progress.NONE);
            covariance = subject -> new OverTimes(structure.overPlaces(), subject.times());
        } else {
            final CovarianceStructure over = structure.over(VISITS);
            fast = new PatternLikelihood(dense.pooled(), over, groups, reml);
            covariance = subject -> over;
        }
        final double[] theta = new Random(subjects).doubles(fast.parameters()).map(u -> u - 0.4).toArray();
        if (structure.overPlaces() != null && structure.overPlaces().nugget()) {
            for (int g = 0; g < groups; g++) {
                theta[3 * g + 2] = Math.abs(theta[3 * g + 2]);
            }
        }
        check.of(fast, dense, covariance, theta, reml);
    }

    /** s^2 times correlations by their definitions, derivatives by differences. */
    private record OverTimes(ResidualStructure structure, double[] times) implements CovarianceStructure {
        private static final double H = 1e-3;

        @Override
        public int dimension() {
            return times.length;
        }

        @Override
        public int parameters() {
            return 1 + structure.parameters().size();
        }

        @Override
        public double[] near(final double[] v) {
            throw new UnsupportedOperationException();
        }

        private double[] value(final double[] theta) {
            final double[] values = CorrelationByFormula.values(structure, Arrays.copyOfRange(theta, 1, theta.length), VISITS);
            final double[] v = new double[times.length * times.length];
            Arrays.setAll(v, i -> Math.exp(2 * theta[0]) * CorrelationByFormula.of(structure, values, new double[][] {times},
                i / times.length, i % times.length));
            return v;
        }

        /** Of fourth order. */
        private static double[] slope(final double[] theta, final int k, final UnaryOperator<double[]> f) {
            final double[] sum = new double[f.apply(theta).length];
            for (final int step : new int[] {-2, -1, 1, 2}) {
                final double[] moved = theta.clone();
                moved[k] += step * H;
                final double weight = (Math.abs(step) == 2 ? -1 : 8) * Math.signum(step) / (12 * H);
                final double[] at = f.apply(moved);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += weight * at[i];
                }
            }
            return sum;
        }

        @Override
        public CovariancePoint at(final double[] theta) {
            return new CovariancePoint() {
                @Override
                public void value(final double[] v) {
                    System.arraycopy(OverTimes.this.value(theta), 0, v, 0, v.length);
                }

                @Override
                public void first(final int k, final double[] out) {
                    System.arraycopy(slope(theta, k, OverTimes.this::value), 0, out, 0, out.length);
                }

                @Override
                public boolean second(final int k, final int l, final double[] out) {
                    System.arraycopy(slope(theta, k, at -> slope(at, l, OverTimes.this::value)), 0, out, 0, out.length);
                    return true;
                }
            };
        }
    }

    @TestFactory
    List<DynamicTest> valueEqualsTheDenseOne() {
        return forAll((fast, dense, covariance, theta, reml) -> {
            final double expected = dense.minus2LogLikelihood(covariance, theta, reml);
            assertEquals(expected, fast.value(theta, null, null), 1e-12 * Math.abs(expected));
        });
    }

    @TestFactory
    List<DynamicTest> gradientAndHessianEqualDifferences() {
        return forAll((fast, dense, covariance, theta, reml) -> {
            final int m = theta.length;
            final double[] gradient = new double[m];
            final double[][] hessian = new double[m][m];
            fast.value(theta, gradient, hessian);
            for (int r = 0; r < m; r++) {
                final double scale = dense.rows();
                assertEquals(richardson(theta, r, at -> new double[] {fast.value(at, null, null)})[0], gradient[r],
                    DIFFERENCES * scale);
                assertArrayEquals(richardson(theta, r, at -> {
                    final double[] g = new double[m];
                    fast.value(at, g, null);
                    return g;
                }), hessian[r], DIFFERENCES * scale, "row " + r);
            }
        });
    }

    @TestFactory
    List<DynamicTest> meanAndItsDerivativesEqualTheDenseOnes() {
        return forAll((fast, dense, covariance, theta, reml) -> {
            final MeanPoint mean = fast.at(theta).mean();
            assertArrayEquals(dense.beta(covariance, theta).toArray(), mean.beta(), 1e-10);
            final RealMatrix phi = new LUDecomposition(dense.precision(covariance, theta)).getSolver().getInverse();
            final int p = mean.beta().length;
            for (int i = 0; i < p; i++) {
                assertArrayEquals(phi.getRow(i), mean.phi()[i], 1e-11);
                for (int r = 0; r < theta.length; r++) {
                    final int row = i;
                    assertArrayEquals(richardson(theta, r, at -> dense.precision(covariance, at).getRow(row)),
                        mean.precisionDerivatives()[r][i], DIFFERENCES * dense.rows());
                }
            }
        });
    }

    @TestFactory
    List<DynamicTest> kenwardRogerSumsEqualTheirDefinition() {
        return forAll((fast, dense, covariance, theta, reml) -> {
            final Random random = new Random(3);
            final int m = theta.length;
            if (covariance.of(dense.first()) instanceof OverTimes over && !over.structure.smooth()) {
                return; // differences run over the jumps of the second derivatives of spherical correlations
            }
            final double[][] w = new double[m][m];
            for (int r = 0; r < m; r++) {
                for (int s = 0; s <= r; s++) {
                    // groups share the mean but not their parameters: only W within a group counts
                    w[r][s] = random.nextGaussian();
                    w[s][r] = w[r][s];
                }
            }
            for (final boolean second : new boolean[] {false, true}) {
                final double[][] expected = dense.kenwardRogerSum(covariance, theta, w, second).getData();
                final double[][] sum = fast.at(theta).kenwardRogerSum(w, second);
                for (int i = 0; i < sum.length; i++) {
                    for (int j = 0; j < sum.length; j++) {
                        assertEquals(expected[i][j], sum[i][j],
                            1e-10 * (1 + Math.sqrt(Math.abs(expected[i][i] * expected[j][j]))) * dense.rows());
                    }
                }
            }
        });
    }

    @Test
    void oneRowASubjectIsEnoughForACriterion() {
        final DenseMarginal dense = new DenseMarginal(30, 1, 1, 5);
        final MarginalLikelihood fast = new PatternLikelihood(dense.pooled(),
            VisitStructure.INDEPENDENT.over(1), 1, false);
        assertTrue(Double.isNaN(fast.value(new double[] {0}, null, null)), "X has a column of zeros and is singular");
    }

    private interface VectorFunction {
        double[] at(double[] theta);
    }

    private static double[] richardson(final double[] theta, final int k, final VectorFunction f) {
        final double[] wide = central(theta, k, 2 * STEP, f);
        final double[] narrow = central(theta, k, STEP, f);
        for (int i = 0; i < wide.length; i++) {
            narrow[i] += (narrow[i] - wide[i]) / 3;
        }
        return narrow;
    }

    private static double[] central(final double[] theta, final int k, final double step, final VectorFunction f) {
        final double[] up = theta.clone();
        final double[] down = theta.clone();
        up[k] += step;
        down[k] -= step;
        final double[] d = f.at(up);
        final double[] below = f.at(down);
        for (int i = 0; i < d.length; i++) {
            d[i] = (d[i] - below[i]) / (2 * step);
        }
        return d;
    }
}
