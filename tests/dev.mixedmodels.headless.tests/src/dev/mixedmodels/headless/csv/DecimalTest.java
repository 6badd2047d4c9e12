package dev.mixedmodels.headless.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+1.5", "1.", ".5", "1e5", "1E-5", "-1.5e+10", " 3 ", "NaN", "Inf", "-Infinity"})
    void isANumber(final String text) {
        assertTrue(Decimal.isNumber(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", ".", "e5", "1e", "1e+", "1d", "1f", "0x10", "1,5", "1 2", "nan", "NULL", "--1"})
    void isNoNumber(final String text) {
        assertFalse(Decimal.isNumber(text));
    }

    @Test
    void integersAreWrittenPlain() {
        assertEquals("30", Decimal.format(30));
        assertEquals("-1000000", Decimal.format(-1e6));
        assertEquals("0", Decimal.format(0));
        assertEquals("-0.0", Decimal.format(-0.0));
        assertEquals("NaN", Decimal.format(Double.NaN));
        assertEquals("Infinity", Decimal.format(Double.POSITIVE_INFINITY));
    }

    @Test
    void everyDoubleIsReadBackAsItWas() {
        final Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            final double value = Double.longBitsToDouble(random.nextLong());
            assertTrue(Decimal.isNumber(Decimal.format(value)));
            assertEquals(value, Decimal.parse(Decimal.format(value)), 0);
        }
    }
}
