package dev.mixedmodels.engine.oneway;

import static dev.mixedmodels.engine.oneway.Fixtures.assertRelative;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The likelihood from group sizes and means against the N x N definition. */
class VarianceLikelihoodTest {
    private static final double[][] THETA = {{0.7, 1.3}, {0, 2.1}, {5, 0.01}, {1e-3, 0.8}};

    private static Rows rows() {
        return Fixtures.simulate(new Random(11), new int[] {1, 4, 2, 2, 7, 1, 3}, 1.5, 0.8);
    }

    /** V, and its derivatives Z Z' and I. */
    private static RealMatrix[] dense(final Rows rows, final double[] theta) {
        final int n = rows.y().length;
        final double[][] j = new double[n][n];
        final double[][] identity = new double[n][n];
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                j[r][c] = rows.group()[r] == rows.group()[c] ? 1 : 0;
                identity[r][c] = r == c ? 1 : 0;
            }
        }
        final RealMatrix zz = new Array2DRowRealMatrix(j);
        final RealMatrix i = new Array2DRowRealMatrix(identity);
        return new RealMatrix[] {zz.scalarMultiply(theta[0]).add(i.scalarMultiply(theta[1])), zz, i};
    }

    private static double brute(final Rows rows, final double[] theta, final boolean restricted) {
        final int n = rows.y().length;
        final LUDecomposition v = new LUDecomposition(dense(rows, theta)[0]);
        final RealMatrix inverse = v.getSolver().getInverse();
        final double[] ones = IntStream.range(0, n).mapToDouble(i -> 1).toArray();
        final double[] weights = inverse.operate(ones);
        double precision = 0;
        double weighted = 0;
        for (int i = 0; i < n; i++) {
            precision += weights[i];
            weighted += weights[i] * rows.y()[i];
        }
        final double mean = weighted / precision;
        final RealMatrix residual = new Array2DRowRealMatrix(
            IntStream.range(0, n).mapToDouble(i -> rows.y()[i] - mean).toArray());
        final double quadratic = residual.transpose().multiply(inverse).multiply(residual).getEntry(0, 0);
        return (restricted ? n - 1 : n) * Math.log(2 * Math.PI) + Math.log(v.getDeterminant()) + quadratic
            + (restricted ? Math.log(precision) : 0);
    }

    private static VarianceLikelihood.At at(final Rows rows, final double[] theta, final boolean restricted) {
        final SizeClasses classes = rows.classes();
        final double square = classes.unit() * classes.unit();
        return new VarianceLikelihood(classes, restricted).at(theta[0] / square, theta[1] / square);
    }

    /** Minus twice the log likelihood in the response's own unit. */
    private static double value(final Rows rows, final double[] theta, final boolean restricted) {
        final double df = rows.y().length - (restricted ? 1 : 0);
        return at(rows, theta, restricted).value() + 2 * df * Math.log(rows.classes().unit());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void equalsTheDenseLikelihood(final boolean restricted) {
        for (final double[] theta : THETA) {
            assertRelative(brute(rows(), theta, restricted), value(rows(), theta, restricted), 1e-11, "value");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void derivativesEqualDifferences(final boolean restricted) {
        final SizeClasses classes = rows().classes();
        final VarianceLikelihood likelihood = new VarianceLikelihood(classes, restricted);
        for (final double[] theta : new double[][] {{0.4, 0.5}, {0.01, 0.9}}) {
            final VarianceLikelihood.At at = likelihood.at(theta[0], theta[1]);
            for (int i = 0; i < 2; i++) {
                final double step = 1e-5 * theta[i];
                final double[] up = theta.clone();
                final double[] down = theta.clone();
                up[i] += step;
                down[i] -= step;
                final VarianceLikelihood.At above = likelihood.at(up[0], up[1]);
                final VarianceLikelihood.At below = likelihood.at(down[0], down[1]);
                // differences of step 1e-5 have errors of 1e-10 in the third derivative and rounding of 1e-11
                final double scale = Math.max(1, Math.abs(at.gradient()[i]));
                assertEquals((above.value() - below.value()) / (2 * step), at.gradient()[i], 1e-6 * scale, "gradient");
                assertRelative((above.precision() - below.precision()) / (2 * step), at.precisionSlope()[i], 1e-7,
                    "dG");
                for (int j = 0; j < 2; j++) {
                    final double difference = (above.gradient()[j] - below.gradient()[j]) / (2 * step);
                    assertEquals(difference, at.hessian()[i][j], 1e-6 * Math.max(1, Math.abs(difference)), "Hessian");
                }
            }
        }
    }

    @Test
    void expectedInformationIsHalfTheTraceOfTheProjections() {
        final Rows rows = rows();
        final double[] theta = {0.7, 1.3};
        final RealMatrix[] v = dense(rows, theta);
        final RealMatrix inverse = new LUDecomposition(v[0]).getSolver().getInverse();
        final int n = rows.y().length;
        final RealMatrix one = new Array2DRowRealMatrix(IntStream.range(0, n).mapToDouble(i -> 1).toArray());
        final RealMatrix weights = inverse.multiply(one);
        final double precision = one.transpose().multiply(weights).getEntry(0, 0);
        final RealMatrix projection =
            inverse.subtract(weights.multiply(weights.transpose()).scalarMultiply(1 / precision));
        final double unit = rows.classes().unit();
        for (final boolean restricted : new boolean[] {false, true}) {
            final RealMatrix p = restricted ? projection : inverse;
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    final double twice = p.multiply(v[1 + i]).multiply(p).multiply(v[1 + j]).getTrace();
                    assertRelative(twice * Math.pow(unit, 4), at(rows, theta, restricted).expected()[i][j], 1e-11, "I");
                }
            }
        }
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                final double q = weights.transpose().multiply(v[1 + i]).multiply(inverse).multiply(v[1 + j])
                    .multiply(weights).getEntry(0, 0);
                assertRelative(q * Math.pow(unit, 6), at(rows, theta, true).quadratic()[i][j], 1e-11, "Q");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theProfileIsTheLikelihoodAtItsBestResidualVariance(final boolean restricted) {
        final SizeClasses classes = rows().classes();
        final RatioCriterion criterion = new RatioCriterion(classes, restricted);
        final VarianceLikelihood likelihood = new VarianceLikelihood(classes, restricted);
        for (final double ratio : new double[] {0, 0.3, 4, 1e5}) {
            final RatioCriterion.Point point = criterion.at(ratio);
            final double tau2 = point.q() / criterion.df();
            assertRelative(likelihood.at(ratio * tau2, tau2).value(),
                criterion.profile(point) + criterion.df() * (1 + Math.log(2 * Math.PI)), 1e-13, "profile");
            if (ratio > 0) {
                final double step = 1e-6 * ratio;
                final double rise = criterion.profile(criterion.at(ratio + step))
                    - criterion.profile(criterion.at(ratio - step));
                assertEquals(rise / 2e-6, ratio * criterion.profileSlope(point), 1e-7, "slope");
            }
        }
    }
}
