package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.Rows;
import java.util.BitSet;

/** The rows that lack no more than the response. */
final class CompleteRows {
    private final BitSet complete = new BitSet();

    CompleteRows(final ModelFrame frame) {
        set(frame.fitted());
        set(frame.predicted());
    }

    private void set(final Rows rows) {
        for (int i = 0; i < rows.size(); i++) {
            complete.set(rows.row(i));
        }
    }

    boolean has(final int row) {
        return complete.get(row);
    }
}
