package dev.mixedmodels.engine.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.numeric.Tail;
import org.junit.jupiter.api.Test;

class IntervalsAndMixturesTest {
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
