package dev.mixedmodels.engine.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RadixSortTest {
    /** Numbers of any sign and of so many binary digits, in an array with room behind them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 11, 12, 33, 63, 64})
    void sorts(final int digits) {
        final SplittableRandom random = new SplittableRandom(digits);
        for (final int size : new int[] {0, 1, 2, 1000}) {
            final long[] keys = random.longs(size + 3).map(key -> key >> Long.SIZE - digits).toArray();
            final long[] expected = Arrays.copyOf(keys, size);
            Arrays.sort(expected);
            assertArrayEquals(expected, Arrays.copyOf(RadixSort.sorted(keys, size), size));
        }
    }
}
