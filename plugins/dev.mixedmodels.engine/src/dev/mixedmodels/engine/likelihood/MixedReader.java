package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.frame.Frame;
import java.io.Serializable;

/**
 * Reads a table part after part, on any machine, as rows of a model whose design is known.
 *
 * @param binder the design
 * @param terms for each grouping factor its random terms
 */
public record MixedReader(DesignBinder binder, int[][] terms) implements Serializable {
    /**
     * @param part some rows of the table
     * @return the same as rows of the model
     */
    public MixedRows rows(final Frame part) {
        return new MixedRows(binder.bind(part), terms);
    }
}
