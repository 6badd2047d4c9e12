package dev.mixedmodels.engine.inference;

/**
 * Independent parts of the rows, such as subjects or the units of an outermost level, by what a fitted model knows of
 * them: cross-products, however many rows they have.
 */
public interface Clusters {
    /** What reads one cluster after another; a workspace of one thread. */
    @FunctionalInterface
    interface Reader {
        /**
         * @param cluster index of a cluster
         * @param products takes [X e]'V^-1 [X e] of its rows, (p + 1) x (p + 1) row-major, e = y - X beta at the
         *            estimates
         */
        void read(int cluster, double[] products);
    }

    /**
     * @return number of clusters
     */
    int size();

    /**
     * @return a reader for one thread
     */
    Reader reader();

    /**
     * @param cluster index of a cluster
     * @return its name in messages
     */
    String name(int cluster);

    /**
     * @return the name of what they are levels of
     */
    String grouping();
}
