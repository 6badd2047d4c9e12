package dev.mixedmodels.engine.frame;

import java.io.Serializable;

/**
 * What one pass over the rows of a table gathers: a monoid under {@link #merge}. Blocks of rows go to objects without
 * rows, from any thread or machine, which are then merged in the order of their rows, so that results do not depend on
 * threads. An object is used by one thread at a time.
 *
 * @param <F> the class itself
 */
public interface Fold<F extends Fold<F>> extends Serializable {
    /**
     * @return an object of the same question without rows
     */
    F fresh();

    /**
     * Adds the rows of a block.
     *
     * @param block rows of the table, in their order
     * @throws dev.mixedmodels.engine.common.ModelException if a row is unsuitable; it is named by its place in the
     *            block
     */
    void add(Frame block);

    /**
     * Adds what was gathered from later rows.
     *
     * @param later rows that come after those of this object; not to be used any more
     */
    void merge(F later);
}
