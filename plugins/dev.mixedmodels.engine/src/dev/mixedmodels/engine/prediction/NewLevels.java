package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import java.util.List;

/** Finds rows with levels of nominal fixed effects, or of nominal random effects, that did not occur in the fit. */
final class NewLevels {
    private final List<Factor> factors;
    private final List<Column> columns;
    private final boolean fail;
    private final Census census;

    /**
     * @param fail whether the first such row is an error
     */
    NewLevels(final StoredDesign stored, final ModelDesign design, final boolean fail, final Census census) {
        this.fail = fail;
        this.census = census;
        final List<String> names = stored.columns().stream().filter(stored::isFixedFactor).toList();
        factors = names.stream().map(design::factor).toList();
        columns = names.stream().map(design.rows().frame()::column).toList();
    }

    /**
     * Whether a complete row has one; counts it.
     *
     * @throws ModelException if it has one and that is an error
     */
    boolean in(final int row) {
        boolean found = false;
        for (int i = 0; i < factors.size(); i++) {
            if (factors.get(i).code(row) < 0) {
                if (fail) {
                    throw new ModelException("The column \"" + columns.get(i).name() + "\" has the level \""
                        + Census.text(columns.get(i), row) + "\", which did not occur in the fit: the model has no "
                        + "coefficient for it. Remove such rows, or let the node leave them without a prediction.");
                }
                census.newLevel(columns.get(i), row);
                found = true;
            }
        }
        if (found) {
            census.rowOfNewLevels();
        }
        return found;
    }
}
