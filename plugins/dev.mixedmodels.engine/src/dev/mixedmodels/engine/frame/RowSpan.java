package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.Progress;
import java.util.function.Consumer;

/**
 * Some successive ones of the rows that are selected in a frame, few enough that a column of a design over them stays
 * in the processor's cache: columns are computed one after the other over such a span, and not row by row.
 *
 * @param rows the selection
 * @param from index of the first among the selected ones
 * @param size how many they are
 */
public record RowSpan(Rows rows, int from, int size) {
    /** Rows of a span. */
    public static final int MOST = 256;

    /**
     * Goes over all selected rows.
     *
     * @param rows the selection
     * @param progress asked before each span whether the user cancelled; null for none
     * @param body receives the spans in their order
     */
    public static void each(final Rows rows, final Progress progress, final Consumer<RowSpan> body) {
        for (int from = 0; from < rows.size(); from += MOST) {
            if (progress != null) {
                progress.check();
            }
            body.accept(new RowSpan(rows, from, Math.min(MOST, rows.size() - from)));
        }
    }

    /**
     * @param i index of a row of the span, from 0
     * @return its row in the frame
     */
    public int row(final int i) {
        return rows.row(from + i);
    }
}
