package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.likelihood.SubjectBlock;
import java.io.Serializable;
import java.util.List;

/**
 * A subject with all its rows.
 *
 * @param code the subject
 * @param observed its fitted rows in order of visit, time or table; at least one
 * @param missing rows that lack the response, in the order of the table; empty where they are not wanted
 */
record CompleteSubject(int code, List<RepeatedRow> observed, List<RepeatedRow> missing) implements Serializable {
    /** The visit of an observed row; its number where there is no visit column. */
    int visit(final int i) {
        return observed.get(i).visit() < 0 ? i : observed.get(i).visit();
    }

    int group() {
        return observed.get(0).group();
    }

    /** The rows [w, residual] with their visits. */
    void fill(final SubjectBlock block, final RowCoordinates coordinates) {
        block.start(observed.size(), group());
        for (int i = 0; i < observed.size(); i++) {
            coordinates.fill(observed.get(i), block.row(i));
            block.place(i, visit(i));
        }
    }
}
