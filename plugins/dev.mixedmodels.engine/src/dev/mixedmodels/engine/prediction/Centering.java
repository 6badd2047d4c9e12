package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.StoredCentering;
import java.util.List;

/** Adds the columns of centred covariates to a table, by the means of the fitted rows. */
final class Centering {
    private Centering() {
    }

    static Frame of(final Frame frame, final List<StoredCentering> centerings, final DesignBinder binder,
        final Census census) {
        Frame all = frame;
        for (final StoredCentering centering : centerings) {
            final Column column = frame.numeric(centering.column());
            final Factor units = centering.grouping() == null ? null : binder.grouping(frame, centering.grouping());
            for (int row = 0; row < frame.rows(); row++) {
                if (column.missing(row)) {
                    census.missing(column.name());
                } else if (units != null && units.code(row) < 0) {
                    census.noMean(column.name(), units.name());
                }
            }
            all = centering.addTo(all, binder);
        }
        return all;
    }
}
