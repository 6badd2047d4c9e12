package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/** One pass over the blocks of a table on all cores of this machine. */
public final class Blocks {
    /** Blocks that are read ahead, for each core. */
    private static final int AHEAD = 2;

    private Blocks() {
    }

    /**
     * Blocks are read by the calling thread while others gather what was read before; what they gathered is merged in
     * the order of the blocks.
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
        final Queue<ForkJoinTask<F>> pending = new ArrayDeque<>();
        try {
            for (int first = 0; blocks.hasNext(); first += RowSource.BLOCK) {
                progress.check();
                final Frame block = blocks.next();
                final int before = first;
                pending.add(pool.submit(() -> gathered(sums, block, before)));
                if (pending.size() > ahead) {
                    sums.merge(pending.remove().join());
                }
            }
            while (!pending.isEmpty()) {
                progress.check();
                sums.merge(pending.remove().join());
            }
        } finally {
            pending.forEach(task -> task.cancel(true));
        }
        return sums;
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
