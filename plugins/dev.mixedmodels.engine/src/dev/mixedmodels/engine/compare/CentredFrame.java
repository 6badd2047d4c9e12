package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.MissingValues;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.model.StoredCentering;
import dev.mixedmodels.engine.model.StoredModel;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Centred covariates as further columns of the table that a model was fitted to. */
final class CentredFrame {
    private CentredFrame() {
    }

    /** The columns of the table that a model uses. */
    static Set<String> columns(final StoredModel model) {
        final Set<String> columns = new LinkedHashSet<>(model.design().columns());
        columns.add(model.design().formula().response().column());
        if (model.design().weights() != null) {
            columns.add(model.design().weights());
        }
        for (final StoredCentering c : model.centerings()) {
            columns.add(c.column());
        }
        for (final StoredCentering c : model.centerings()) {
            columns.remove(c.within());
            columns.remove(c.between());
        }
        return columns;
    }

    static Frame of(final Frame table, final StoredModel model) {
        if (model.centerings().isEmpty()) {
            return table;
        }
        final Rows fitted = ModelFrame.of(table, model.design().formula().response().column(), columns(model),
            MissingValues.OMIT_ROWS, model.design().weights()).fitted();
        Frame frame = table;
        for (final StoredCentering c : model.centerings()) {
            final Column raw = table.numeric(c.column());
            final double[] mean = mean(table, c, raw, fitted);
            final double[] deviation = new double[mean.length];
            Arrays.setAll(deviation, row -> raw.value(row) - mean[row]);
            frame = frame.with(new NumericColumn(c.within(), deviation));
            if (c.between() != null) {
                frame = frame.with(new NumericColumn(c.between(), mean));
            }
        }
        return frame;
    }

    /** Mean of the unit of each row; NaN where there is none. */
    private static double[] mean(final Frame table, final StoredCentering centering, final Column raw, final Rows fitted) {
        Factor units = null;
        for (int i = 0; centering.grouping() != null && i < centering.grouping().columns().size(); i++) {
            final Factor next = Factor.of(table.column(centering.grouping().columns().get(i)), fitted, LevelOrder.NATURAL);
            units = units == null ? next : Factor.combine(units, "/", next, fitted);
        }
        final double[] sums = new double[units == null ? 1 : units.size()];
        final int[] counts = new int[sums.length];
        for (int i = 0; i < fitted.size(); i++) {
            final int unit = units == null ? 0 : units.code(fitted.row(i));
            sums[unit] += raw.value(fitted.row(i));
            counts[unit]++;
        }
        final double[] mean = new double[table.rows()];
        for (int row = 0; row < mean.length; row++) {
            final int unit = units == null ? 0 : units.code(row);
            mean[row] = unit < 0 ? Double.NaN : sums[unit] / counts[unit];
        }
        return mean;
    }
}
