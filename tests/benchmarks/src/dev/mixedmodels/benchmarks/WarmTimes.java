package dev.mixedmodels.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Wall-clock times of something that is repeated, in a JVM that is warm: after 10 seconds of it, for the JVM's compiler is
 * at work for 6, even on a fit of 20 ms.
 *
 * @param <T> what it makes
 * @param last what it made at the end
 * @param seconds times of 5 repetitions, in rising order
 */
record WarmTimes<T>(T last, double[] seconds) {
    private static final int WARM_UP = 3;
    private static final long WARM_UP_NANOS = 10_000_000_000L;
    private static final int ROUNDS = 5;

    static <T> WarmTimes<T> of(final Supplier<T> work) {
        final long begin = System.nanoTime();
        for (int round = 0; round < WARM_UP || System.nanoTime() - begin < WARM_UP_NANOS; round++) {
            work.get();
        }
        final double[] seconds = new double[ROUNDS];
        T last = null;
        for (int round = 0; round < ROUNDS; round++) {
            final long start = System.nanoTime();
            last = work.get();
            seconds[round] = (System.nanoTime() - start) * 1e-9;
        }
        Arrays.sort(seconds);
        return new WarmTimes<>(last, seconds);
    }

    double median() {
        return seconds[ROUNDS / 2];
    }

    /** Median, and from the shortest to the longest. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4f s (%.4f to %.4f)", median(), seconds[0], seconds[ROUNDS - 1]);
    }
}
