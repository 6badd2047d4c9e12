package dev.mixedmodels.engine.testing;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;

/**
 * A table that is read block by block.
 *
 * @param table its rows
 */
public record Streamed(Frame table) implements Unkept {
    @Override
    public <F extends Fold<F>> F fold(final F sums, final Progress progress) {
        return table.fold(sums, progress);
    }
}
