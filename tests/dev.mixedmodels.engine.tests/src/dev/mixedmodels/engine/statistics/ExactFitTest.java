package dev.mixedmodels.engine.statistics;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExactFitTest {
    @Test
    void residualsOfTheLastDigitAreRounding() {
        final double ulp = Math.ulp(1e9);
        assertTrue(ExactFit.is(0, 10, 1e9));
        assertTrue(ExactFit.is(10 * ulp * ulp, 10, 1e9));
        assertFalse(ExactFit.is(10 * 100 * ulp * ulp, 10, 1e9));
    }

    @Test
    void whatTheModelExplainsDoesNotMatter() {
        assertFalse(ExactFit.is(1e-6 * 150, 150, 3e5)); // residuals of 1e-3 where subjects differ by 1e5
    }

    @Test
    void missingResidualsAreNotCalledExact() {
        assertFalse(ExactFit.is(Double.NaN, 10, 1));
    }
}
