package dev.mixedmodels.engine.numeric;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import java.util.function.BiConsumer;
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

    /**
     * @return number of threads that {@link #forEach} uses at most
     */
    public static int threads() {
        final ForkJoinPool own = ForkJoinTask.getPool();
        return own == null ? ForkJoinPool.getCommonPoolParallelism() + 1 : own.getParallelism();
    }

    /**
     * What is made of a range of numbered things.
     *
     * @param <T> sums
     */
    @FunctionalInterface
    public interface Part<T> {

        /**
         * @param from the first of them
         * @param to behind the last of them
         * @return their sums
         */
        T of(int from, int to);
    }

    /**
     * Adds up numbered things, by halves down to a fixed size, so that the rounding does not depend on threads.
     *
     * @param <T> sums
     * @param count how many there are
     * @param size most of them that one part takes
     * @param part their sums
     * @param add adds the sums of later ones to those of earlier ones
     * @return the sums of all
     */
    public static <T> T sum(final int count, final int size, final Part<T> part, final BiConsumer<T, T> add) {
        return new Sum<>(0, count, size, part, add).invoke();
    }

    private static final class Sum<T> extends RecursiveTask<T> {
        private static final long serialVersionUID = 1L;

        private final int from;
        private final int to;
        private final int size;
        private final transient Part<T> part;
        private final transient BiConsumer<T, T> add;

        Sum(final int from, final int to, final int size, final Part<T> part, final BiConsumer<T, T> add) {
            this.from = from;
            this.to = to;
            this.size = size;
            this.part = part;
            this.add = add;
        }

        @Override
        protected T compute() {
            if (to - from <= size) {
                return part.of(from, to);
            }
            final int middle = (from + to) >>> 1;
            final Sum<T> right = new Sum<>(middle, to, size, part, add);
            right.fork();
            final T sums = new Sum<>(from, middle, size, part, add).compute();
            add.accept(sums, right.join());
            return sums;
        }
    }
}
