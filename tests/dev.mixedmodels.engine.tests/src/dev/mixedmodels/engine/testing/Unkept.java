package dev.mixedmodels.engine.testing;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSource;

/** A table whose rows are never in memory together. */
interface Unkept extends RowSource {
    Frame table();

    @Override
    default Frame header() {
        return table().header();
    }

    @Override
    default RowNames rowNames() {
        return RowNames.NUMBERS;
    }

    @Override
    default Frame frame(final Progress progress) {
        throw new ModelException("All rows are asked for.");
    }
}
