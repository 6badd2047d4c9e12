package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.Progress;
import java.util.function.Function;

/** The units of a fitted model, each of which can be left out. */
public interface Deletions {
    /** What leaves out one unit after another; a workspace of one thread. */
    @FunctionalInterface
    interface Worker {
        /**
         * @param unit index of a unit
         * @return the estimates without it
         */
        Deletion without(int unit);
    }

    /** The estimates without a unit by another way than the first. */
    @FunctionalInterface
    interface Refit {
        /**
         * @param unit index of a unit
         * @param leverage of it
         * @return the estimates without it
         */
        Deletion without(int unit, double leverage);
    }

    /**
     * @param size number of units
     * @param workers makes a worker for one thread
     * @return the units
     */
    static Deletions of(final int size, final Function<Progress, Worker> workers) {
        return new Deletions() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Worker worker(final Progress progress) {
                return workers.apply(progress);
            }
        };
    }

    /**
     * @param refits makes what fits again, for one thread
     * @return the same units, each fitted again where these estimates exist without it
     */
    default Deletions refitted(final Function<Progress, Refit> refits) {
        return of(size(), progress -> {
            final Worker first = worker(progress);
            final Refit refit = refits.apply(progress);
            return unit -> {
                final Deletion approximate = first.without(unit);
                return approximate.beta() == null ? approximate : refit.without(unit, approximate.leverage());
            };
        });
    }

    /**
     * @return number of units
     */
    int size();

    /**
     * @param progress asked now and then whether to go on
     * @return a worker for one thread
     */
    Worker worker(Progress progress);
}
