package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.numeric.DoubleDouble;

/** The pass over a table that gathers the mean of a covariate over all fitted rows, or over those of each unit. */
final class CentringSums implements Fold<CentringSums> {
    private static final long serialVersionUID = 1L;

    private final DesignBinder binder;
    private final String column;
    private final Grouping grouping;
    private final DoubleDouble[] sums;
    private final long[] counts;

    /**
     * @param binder knows rows and units
     * @param column the covariate
     * @param grouping of the units; null for one mean
     * @param units number of means
     */
    CentringSums(final DesignBinder binder, final String column, final Grouping grouping, final int units) {
        this.binder = binder;
        this.column = column;
        this.grouping = grouping;
        sums = new DoubleDouble[units];
        counts = new long[units];
    }

    @Override
    public CentringSums fresh() {
        return new CentringSums(binder, column, grouping, sums.length);
    }

    @Override
    public void add(final Frame block) {
        final Rows fitted = binder.bind(block).rows().fitted();
        final Factor units = grouping == null ? null : binder.grouping(block, grouping);
        final Column values = block.column(column);
        for (int i = 0; i < fitted.size(); i++) {
            final int unit = units == null ? 0 : units.code(fitted.row(i));
            of(unit).add(values.value(fitted.row(i)));
            counts[unit]++;
        }
    }

    private DoubleDouble of(final int unit) {
        sums[unit] = sums[unit] == null ? new DoubleDouble() : sums[unit];
        return sums[unit];
    }

    @Override
    public void merge(final CentringSums later) {
        for (int unit = 0; unit < counts.length; unit++) {
            if (later.counts[unit] > 0) {
                of(unit).add(later.sums[unit]);
                counts[unit] += later.counts[unit];
            }
        }
    }

    double[] means() {
        final double[] means = new double[counts.length];
        for (int unit = 0; unit < means.length; unit++) {
            means[unit] = sums[unit].value() / counts[unit];
        }
        return means;
    }
}
