package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;

/** One pass over the blocks of a table on all cores of this machine. */
public final class Blocks {
    /** Blocks that are read ahead, for each core. */
    private static final int AHEAD = 2;

    private Blocks() {
    }

    /**
     * Blocks are read by the calling thread while others gather what was read before; what they gathered is merged in
     * the order of the blocks. The calling thread gathers too where it would have to wait.
     *
     * @param <F> what is gathered
     * @param blocks blocks of {@link RowSource#BLOCK} rows, all but the last
     * @param sums takes the rows
     * @param progress to learn of cancellation
     * @return the same object with all rows
     */
    public static <F extends Fold<F>> F fold(final Iterator<Frame> blocks, final F sums, final Progress progress) {
        final ForkJoinPool own = ForkJoinTask.getPool();
        final ForkJoinPool pool = own == null ? ForkJoinPool.commonPool() : own;
        final int ahead = AHEAD * Math.max(1, pool.getParallelism());
        final Deque<FutureTask<F>> pending = new ArrayDeque<>();
        try {
            for (int first = 0; blocks.hasNext(); first += RowSource.BLOCK) {
                progress.check();
                final Frame block = blocks.next();
                final int before = first;
                pending.add(new FutureTask<>(() -> gathered(sums, block, before)));
                pool.execute(pending.getLast());
                if (pending.size() > ahead) {
                    sums.merge(first(pending));
                }
            }
            while (!pending.isEmpty()) {
                progress.check();
                sums.merge(first(pending));
            }
        } finally {
            pending.forEach(task -> task.cancel(false));
        }
        return sums;
    }

    /** What the first task gathers, which is taken out; tasks that wait are run until it is done. */
    private static <F> F first(final Deque<FutureTask<F>> pending) {
        final FutureTask<F> first = pending.getFirst();
        for (final Iterator<FutureTask<F>> waiting = pending.iterator(); !first.isDone() && waiting.hasNext();) {
            waiting.next().run(); // does nothing if another thread runs it
        }
        pending.removeFirst();
        try {
            return first.get();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // a block throws no other
        }
    }

    private static <F extends Fold<F>> F gathered(final F sums, final Frame block, final int before) {
        final F part = sums.fresh();
        try {
            part.add(block);
        } catch (final ModelException e) {
            throw e.after(before);
        }
        return part;
    }
}
