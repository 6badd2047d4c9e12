package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.Progress;

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
