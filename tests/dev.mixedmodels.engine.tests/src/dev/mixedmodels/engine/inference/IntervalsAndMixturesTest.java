package dev.mixedmodels.engine.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.numeric.Tail;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

class IntervalsAndMixturesTest {
    /** Excess of a Poisson mean, 2 (m - k + k log(k / m)): a skewed one, against the root to all digits by bisection. */
    @Test
    void slopesLeadToTheSameBoundsInFewEvaluations() {
        final double k = 7;
        final AtomicInteger evaluations = new AtomicInteger();
        final ProfileBounds b = ProfileBounds.along(m -> {
            evaluations.incrementAndGet();
            return new Profile.Point(2 * (m - k + k * Math.log(k / m)), 2 * (1 - k / m));
        }, k, 0, Double.POSITIVE_INFINITY, Math.sqrt(k), 0.95);
        final ProfileBounds without = ProfileBounds.of(m -> 2 * (m - k + k * Math.log(k / m)), k, 0,
            Double.POSITIVE_INFINITY, Math.sqrt(k), 0.95);
        final double target = Tail.chiSquareQuantile(0.05, 1);
        for (final double bound : new double[] {b.lower(), b.upper(), without.lower(), without.upper()}) {
            // 1e-7 of the root of the excess
            assertEquals(target, 2 * (bound - k + k * Math.log(k / bound)), 4e-7);
        }
        assertTrue(evaluations.get() <= 8, evaluations::toString);
    }

    /** With much data the first point and the slopes at both ends are enough; not if the step is far from the standard error. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.999, 0.97})
    void withMuchDataAPointMakesABound(final double error) {
        final double k = 1e6;
        final AtomicInteger evaluations = new AtomicInteger();
        final ProfileBounds b = ProfileBounds.along(log -> {
            evaluations.incrementAndGet();
            return new Profile.Point(2 * k * (Math.expm1(log) - log), 2 * k * Math.expm1(log));
        }, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, error / Math.sqrt(k), 0.95);
        for (final double bound : new double[] {b.lower(), b.upper()}) {
            // by a series, since the excess itself is a difference of nearly equal numbers
            final double excess = k * bound * bound * (1 + bound / 3 * (1 + bound / 4));
            assertEquals(Tail.chiSquareQuantile(0.05, 1), excess, 4e-7);
        }
        assertEquals(error > 0.98 ? 2 : 4, evaluations.get());
    }

    /** A slope that is wrong by a factor or in its sign costs evaluations, not digits. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 3, -1, 0})
    void aWrongSlopeDoesNotLeadAstray(final double factor) {
        final ProfileBounds b = ProfileBounds.along(x -> new Profile.Point(x * x, factor * 2 * x), 0,
            Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0.7, 0.95);
        final double root = Math.sqrt(Tail.chiSquareQuantile(0.05, 1));
        assertEquals(-root, b.lower(), 1e-3);
        assertEquals(root, b.upper(), 1e-3);
    }

    @Test
    void profileOfAParabolaIsTheNormalInterval() {
        final double se = 0.03;
        for (final double step : new double[] {1e-4, 0.03, 10}) { // the first step only sets the search off
            final ProfileBounds b = ProfileBounds.of(x -> (x - 5) * (x - 5) / (se * se), 5, Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY, step, 0.95);
            assertEquals(5 - Tail.normalQuantile(0.025) * se, b.lower(), 1e-12);
            assertEquals(5 + Tail.normalQuantile(0.025) * se, b.upper(), 1e-12);
        }
    }

    @Test
    void profileStopsAtTheLimitOfTheParameterSpace() {
        final ProfileBounds b = ProfileBounds.of(x -> x * x, 0, 0, 1.5, 0.1, 0.95);
        assertEquals(0, b.lower());
        assertEquals(1.5, b.upper()); // 1.5^2 < 3.84
        final ProfileBounds near = ProfileBounds.of(x -> (x - 1e-9) * (x - 1e-9), 1e-9, 0, 9, 0.1, 0.95);
        assertEquals(0, near.lower());
    }

    @Test
    void profileThatNeverRisesHasNoBound() {
        final ProfileBounds b = ProfileBounds.of(x -> 1 - Math.exp(-x), 0, 0, Double.POSITIVE_INFINITY, 1, 0.95);
        assertTrue(Double.isNaN(b.upper()));
    }

    @Test
    void mixturesWeightTheTailsAndAreOneAtZero() {
        assertEquals(1, ChiBarSquare.halfAndHalf(0, 1));
        assertEquals(1, ChiBarSquare.halfAndHalf(-1e-9, 3));
        assertEquals(Tail.normal(2), ChiBarSquare.halfAndHalf(4, 1), 1e-15); // half P(chi2(1) > z^2) = P(Z > z)
        assertEquals(0.5 * Tail.normal(2) * 2 + 0.5 * Math.exp(-2), ChiBarSquare.halfAndHalf(4, 2), 1e-15);
    }
}
