package dev.mixedmodels.engine.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Keys have the numbers that a map of objects gives them, whether they follow one another or not. */
class LongIndexTest {
    private static void assertNumbered(final long... keys) {
        final LongIndex index = new LongIndex();
        final Map<Long, Integer> expected = new LinkedHashMap<>();
        for (final long key : keys) {
            final int number = expected.computeIfAbsent(key, k -> expected.size());
            assertEquals(number, index.add(key));
            for (final long near : new long[] {key - 1, key, key + 1, keys[0], keys[0] - 1, -key}) {
                assertEquals(expected.getOrDefault(near, -1), index.find(near), () -> near + " after " + key);
            }
        }
        assertEquals(expected.size(), index.size());
        expected.forEach((key, number) -> assertEquals(key, index.key(number)));
        assertArrayEquals(expected.keySet().stream().mapToLong(Long::longValue).sorted().toArray(), index.sortedKeys());
    }

    @Test
    void keysThatFollowOneAnother() {
        assertNumbered(LongStream.range(-40, 100).toArray());
        assertNumbered(LongStream.range(0, 300).map(i -> 7 + i / 3).toArray());
    }

    @Test
    void keysThatFollowOneAnotherUpToSomePlace() {
        for (final int place : new int[] {1, 2, 31, 32, 33, 64, 65}) {
            final long[] keys = LongStream.range(0, 150).toArray();
            keys[place] = 1000;
            assertNumbered(keys);
        }
    }

    @Test
    void theEndsOfTheirRange() {
        assertNumbered(Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1, 0);
        assertNumbered(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, -1);
        assertNumbered(Long.MIN_VALUE, Long.MAX_VALUE);
        assertNumbered(0, Long.MIN_VALUE, Long.MAX_VALUE, 1);
    }

    @Test
    void keysInAnyOrder() {
        assertNumbered(new SplittableRandom(3).longs(2000, -400, 400).toArray());
        assertNumbered(new SplittableRandom(4).longs(500).toArray());
    }

    @Test
    void nothingIsFoundInNone() {
        assertEquals(-1, new LongIndex().find(0));
        assertEquals(0, new LongIndex().sortedKeys().length);
    }
}
