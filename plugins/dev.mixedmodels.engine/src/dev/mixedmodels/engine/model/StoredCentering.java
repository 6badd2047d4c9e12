package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.frame.CentredCovariate;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import java.io.Serializable;

/**
 * A covariate less its mean, as a further column of the table.
 *
 * @param column the covariate
 * @param within name of the column of deviations
 * @param between name of the column of means; null if there is none
 * @param grouping of the units that have means of their own; null for one mean of all rows
 * @param means by unit, or the one mean
 */
public record StoredCentering(String column, String within, String between, Grouping grouping, double[] means)
    implements Serializable {
    /**
     * @param table a table with the covariate, or a part of it
     * @param binder knows the units
     * @return the table with the further columns; NaN in rows of unknown units
     */
    public Frame addTo(final Frame table, final DesignBinder binder) {
        final Factor units = grouping == null ? null : binder.grouping(table, grouping);
        return new CentredCovariate(table.numeric(column), units == null ? row -> 0 : units::code, means)
            .addTo(table, within, between);
    }
}
