package dev.mixedmodels.engine.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ArraySizeTest {
    /** 65,536 units with 65,536 numbers each are 2^32, which is 0 as an int. */
    @Test
    void whatIsNoArrayAnyMoreIsSaid() {
        assertEquals(2_000_000_000, ArraySize.of(1_000_000_000, 2));
        final String message = assertThrows(ModelException.class, () -> ArraySize.of(1 << 16, 1 << 16)).getMessage();
        assertTrue(message.contains("65536 numbers for each of 65536"), message);
    }
}
