package dev.mixedmodels.engine.optimise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ProjectedNewtonTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    /** Rosenbrock's valley, minimum 0 at (1, 1). */
    private static double rosenbrock(final double[] t, final double[] g, final double[][] h) {
        final double a = t[1] - t[0] * t[0];
        final double b = 1 - t[0];
        if (g != null) {
            g[0] = -400 * t[0] * a - 2 * b;
            g[1] = 200 * a;
        }
        if (h != null) {
            h[0][0] = 1200 * t[0] * t[0] - 400 * t[1] + 2;
            h[0][1] = h[1][0] = -400 * t[0];
            h[1][1] = 200;
        }
        return 100 * a * a + b * b;
    }

    private static double[] all(final double bound) {
        return new double[] {bound, bound};
    }

    @Test
    void findsTheMinimumOfAValleyWithAndWithoutSecondDerivatives() {
        for (final boolean second : new boolean[] {true, false}) {
            final Optimum o = new ProjectedNewton(ProjectedNewtonTest::rosenbrock, all(-INF), all(INF), second)
                .minimise(new double[] {-1.2, 1}, 200, 1e-12, Progress.NONE);
            assertTrue(o.converged());
            assertArrayEquals(all(1), o.theta(), 1e-6); // decrement 1e-12 over the curvature of about 1
            assertTrue(o.iterations() < 60, () -> "steps: " + o.iterations());
        }
    }

    /** The value jumps by 1e-9 of itself from evaluation to evaluation, as rounding does; the gradient is exact. */
    @Test
    void digitsOfTheValueThatAreRoundingCostNoSteps() {
        final int[] evaluations = new int[1];
        final Optimum o = new ProjectedNewton((x, gradient, hessian) -> {
            gradient[0] = Math.sinh(x[0]);
            hessian[0][0] = Math.cosh(x[0]);
            return 1e6 + Math.cosh(x[0]) + 1e-7 * evaluations[0]++;
        }, new double[] {-INF}, new double[] {INF}, true).minimise(new double[] {0.5}, 100, 1e-12, Progress.NONE);
        assertTrue(o.converged());
        assertEquals(0, o.theta()[0], 1e-12);
        assertTrue(evaluations[0] <= 6, () -> "evaluations: " + evaluations[0]);
    }

    @Test
    void aStartWithoutAValueIsNoResult() {
        final ProjectedNewton search =
            new ProjectedNewton((x, gradient, hessian) -> x[0] > 1 ? Double.NaN : 0, all(-INF), all(INF), true);
        assertTrue(search.minimiseIfPossible(new double[] {2, 0}, 10, 1e-9, Progress.NONE).isEmpty());
        assertTrue(search.minimiseIfPossible(new double[] {0, 0}, 10, 1e-9, Progress.NONE).isPresent());
    }

    @Test
    void stopsAtABoundThatTheGradientPointsAcross() {
        for (final boolean second : new boolean[] {true, false}) {
            final Optimum o =
                new ProjectedNewton(ProjectedNewtonTest::rosenbrock, all(-INF), new double[] {0.5, INF}, second)
                    .minimise(new double[] {-1.2, 1}, 200, 1e-12, Progress.NONE);
            assertArrayEquals(new double[] {0.5, 0.25}, o.theta(), 1e-6);
            assertTrue(o.atUpper()[0]);
            assertFalse(o.atLower()[0] || o.atUpper()[1]);
            assertTrue(o.freeGradient() < 1e-4);
        }
    }

    @Test
    void leavesABoundWhenTheGradientPointsInwards() {
        final Optimum o = new ProjectedNewton(ProjectedNewtonTest::rosenbrock, all(-1.2), all(INF), true)
            .minimise(all(-1.2), 200, 1e-12, Progress.NONE);
        assertArrayEquals(all(1), o.theta(), 1e-6);
    }

    @Test
    void stepsBackFromWhereTheFunctionDoesNotExist() {
        final Objective log = (t, g, h) -> {
            if (g != null) {
                g[0] = 1 - 1 / t[0];
            }
            if (h != null) {
                h[0][0] = 1 / (t[0] * t[0]);
            }
            return t[0] - Math.log(t[0]); // NaN below 0, where the first Newton step from 3 leads
        };
        final Optimum o = new ProjectedNewton(log, new double[] {-INF}, new double[] {INF}, true)
            .minimise(new double[] {3}, 50, 1e-14, Progress.NONE);
        assertEquals(1, o.theta()[0], 1e-7);
        assertThrows(IllegalArgumentException.class, () -> new ProjectedNewton(log, new double[] {-INF},
            new double[] {INF}, true).minimise(new double[] {-1}, 50, 1e-14, Progress.NONE));
    }

    @Test
    void saysWhenTheStepsDidNotSuffice() {
        final Optimum o = new ProjectedNewton(ProjectedNewtonTest::rosenbrock, all(-INF), all(INF), true)
            .minimise(new double[] {-1.2, 1}, 3, 1e-12, Progress.NONE);
        assertFalse(o.converged());
        assertEquals(3, o.iterations());
    }

    @Test
    void aCancelledRunEndsAtTheNextEvaluation() {
        final Progress cancelled = () -> {
            throw new CancellationException();
        };
        assertThrows(CancellationException.class, () -> new ProjectedNewton(ProjectedNewtonTest::rosenbrock,
            all(-INF), all(INF), true).minimise(all(0), 50, 1e-12, cancelled));
    }

    /** x^4 - x^2 at 0, where no step leads away: nothing is evaluated again and again. */
    @Test
    void aSearchThatPredictsStopsWhereTheGradientIsNothing() {
        final ProjectedNewton newton = new ProjectedNewton((x, gradient, hessian) -> {
            gradient[0] = 4 * x[0] * x[0] * x[0] - 2 * x[0];
            hessian[0][0] = 12 * x[0] * x[0] - 2;
            return x[0] * x[0] * (x[0] * x[0] - 1);
        }, new double[] {-INF}, new double[] {INF}, true).predicting();
        assertEquals(1, newton.minimise(new double[] {0}, 100, 1e-8, Progress.NONE).evaluations());
        final Optimum o = newton.minimise(new double[] {0.1}, 100, 1e-8, Progress.NONE);
        assertEquals(-0.25, o.value(), 1e-8);
        assertEquals(Math.sqrt(0.5), o.theta()[0], 1e-4);
    }

    @Test
    void manyCorrelatedParametersOfVeryDifferentScaleConverge() {
        final int m = 30;
        final Objective quadratic = (t, g, h) -> {
            double value = 0;
            if (g != null) {
                Arrays.fill(g, 0);
            }
            for (int k = 0; k < m; k++) { // sum of (sum_{j <= k} c_j t_j - 1)^2, c_j = 10^(j % 5 - 2)
                double r = -1;
                for (int j = 0; j <= k; j++) {
                    r += Math.pow(10, j % 5 - 2) * t[j];
                }
                value += r * r;
                for (int j = 0; g != null && j <= k; j++) {
                    g[j] += 2 * r * Math.pow(10, j % 5 - 2);
                }
            }
            return value;
        };
        final double[] bound = new double[m];
        Arrays.fill(bound, INF);
        final double[] minus = new double[m];
        Arrays.fill(minus, -INF);
        final Optimum o = new ProjectedNewton(quadratic, minus, bound, false).minimise(new double[m], 500, 1e-14,
            Progress.NONE);
        assertTrue(o.converged());
        assertEquals(0, o.value(), 1e-10);
    }
}
