package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
import java.util.Arrays;
import java.util.Collection;

/** Columns of numbers of which all are missing, in the place of some that the table does not have. */
final class Columns {
    private Columns() {
    }

    static Frame withMissing(final Frame frame, final Collection<String> names) {
        Frame all = frame;
        for (final String name : names) {
            if (!frame.has(name)) {
                final double[] none = new double[frame.rows()];
                Arrays.fill(none, Double.NaN);
                all = all.with(new NumericColumn(name, none));
            }
        }
        return all;
    }
}
