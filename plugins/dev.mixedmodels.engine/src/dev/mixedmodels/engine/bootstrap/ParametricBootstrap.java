package dev.mixedmodels.engine.bootstrap;

import dev.mixedmodels.engine.bootstrap.Refits.Refit;
import dev.mixedmodels.engine.bootstrap.Refits.Worker;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.numeric.Sampler;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Draws responses from a model and fits models to each. Every replicate has random numbers of its own, so that the
 * result is the same for any number of threads.
 * <p>
 * Sources: Davison &amp; Hinkley (1997) Bootstrap Methods and their Application, chapters 2 and 4.
 */
public final class ParametricBootstrap {
    private ParametricBootstrap() {
    }

    /**
     * @param truth what responses are drawn from
     * @param models what is fitted to them, all over the same rows
     * @param replicates number of responses
     * @param seed of the random numbers
     * @param progress of the whole
     * @return the fits, by replicate and model; null for a replicate that a model could not be fitted to
     */
    public static Refit[][] run(final Refits truth, final List<? extends Refits> models, final int replicates,
        final long seed, final Progress progress) {
        final Refit[][] fits = new Refit[replicates][];
        final Queue<List<Worker>> idle = new ConcurrentLinkedQueue<>();
        final AtomicInteger done = new AtomicInteger();
        Parallel.forEach(replicates, r -> {
            progress.check();
            final List<Worker> found = idle.poll();
            final List<Worker> workers = found != null ? found : models.stream().map(Refits::worker).toList();
            fits[r] = fit(truth, workers, Sampler.ofReplicate(seed, r));
            idle.add(workers);
            final int ready = done.incrementAndGet();
            if (ready % Math.max(1, replicates / 100) == 0) {
                synchronized (done) {
                    progress.report((double) done.get() / replicates, "Bootstrap");
                }
            }
        });
        return fits;
    }

    private static Refit[] fit(final Refits truth, final List<Worker> workers, final Sampler sampler) {
        final double[] response = truth.draw(sampler);
        final Refit[] fits = new Refit[workers.size()];
        for (int m = 0; m < fits.length; m++) {
            try {
                fits[m] = workers.get(m).fit(response);
            } catch (final ModelException e) {
                fits[m] = null; // no fit to this replicate, which the caller counts
            }
            if (fits[m] == null) {
                return null;
            }
        }
        return fits;
    }
}
