package dev.mixedmodels.engine.numeric;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Numbered tasks on all cores. Results do not depend on the number of threads as long as every task writes to places of
 * its own and whoever adds up the parts does so in the order of their numbers.
 */
public final class Parallel {
    private Parallel() {
    }

    /**
     * Runs the tasks and waits for all of them, in the fork-join pool of the calling thread or else the common one.
     *
     * @param tasks number of tasks
     * @param body receives each number in 0 .. tasks - 1 once, from any thread
     */
    public static void forEach(final int tasks, final IntConsumer body) {
        if (tasks == 1) {
            body.accept(0);
        } else {
            IntStream.range(0, tasks).parallel().forEach(body);
        }
    }
}
