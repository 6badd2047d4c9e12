package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
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
            final double[] deviation = new double[frame.rows()];
            final double[] mean = new double[frame.rows()];
            for (int row = 0; row < mean.length; row++) {
                final int unit = units == null ? 0 : units.code(row);
                final boolean known = unit >= 0 && !column.missing(row);
                if (column.missing(row)) {
                    census.missing(column.name());
                } else if (unit < 0) {
                    census.noMean(column.name(), units.name());
                }
                mean[row] = known ? centering.means()[unit] : Double.NaN;
                deviation[row] = known ? column.value(row) - mean[row] : Double.NaN;
            }
            all = all.with(new NumericColumn(centering.within(), deviation));
            if (centering.between() != null) {
                all = all.with(new NumericColumn(centering.between(), mean));
            }
        }
        return all;
    }
}
