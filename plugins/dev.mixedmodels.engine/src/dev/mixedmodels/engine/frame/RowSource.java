package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.RowNames;

/**
 * A table that can be gone through again and again, block by block, and need not be in memory: a {@link Frame}, a table
 * that is read, or the parts of a table on other machines.
 * <p>
 * The mathematics: doc/rows.md beside the sources.
 */
public interface RowSource {
    /** Rows of a block; the last one may have fewer. Results depend on it in the last digits. */
    int BLOCK = 1 << 14;

    /**
     * @return the columns without a row
     */
    Frame header();

    /**
     * @return what the rows are called
     */
    RowNames rowNames();

    /**
     * Goes through all rows once.
     *
     * @param <F> what is gathered
     * @param sums takes the rows; has none before
     * @param progress progress of this pass
     * @return the same object with all rows
     * @throws dev.mixedmodels.engine.common.ModelException if a row is unsuitable, named by its place in the table
     * @throws java.util.concurrent.CancellationException if the user cancelled
     */
    <F extends Fold<F>> F fold(F sums, Progress progress);

    /**
     * Goes through all rows once and keeps what was gathered where the rows are.
     *
     * @param <F> what is gathered
     * @param <T> what is kept of it
     * @param sums takes the rows of a part; has none before
     * @param keep makes of it what is kept
     * @param progress progress of this pass
     * @return the parts
     * @throws dev.mixedmodels.engine.common.ModelException if a row is unsuitable, named by its place in the table
     * @throws java.util.concurrent.CancellationException if the user cancelled
     */
    default <F extends Fold<F>, T> Parts<T> parts(final F sums, final Parts.Step<F, T> keep, final Progress progress) {
        return Parts.of(keep.apply(fold(sums, progress)));
    }

    /**
     * @param column name of a column
     * @return its levels, if the rows have their numbers and not their names; else null
     */
    default NumberedLevels numbered(final String column) {
        return null;
    }

    /**
     * @param column name of a column
     * @return whether each block has all rows of the levels that it has
     */
    default boolean inBlocks(final String column) {
        return false;
    }

    /**
     * @return whether what a pass gathers comes from other machines, so that it is here twice until all of it is merged
     */
    default boolean distant() {
        return false;
    }

    /**
     * @param progress progress of the reading
     * @return all columns with all rows in memory, for models that need them
     * @throws dev.mixedmodels.engine.common.ModelException if they do not fit
     * @throws java.util.concurrent.CancellationException if the user cancelled
     */
    Frame frame(Progress progress);
}
