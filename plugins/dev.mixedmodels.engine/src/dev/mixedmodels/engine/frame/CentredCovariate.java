package dev.mixedmodels.engine.frame;

import java.util.function.IntUnaryOperator;

/** A covariate less the mean of each row's unit, and these means, as further columns of a table. */
public final class CentredCovariate {
    private final double[] deviation;
    private final double[] mean;

    /**
     * @param column the covariate
     * @param unit of each row; negative if it has none
     * @param means by unit
     */
    public CentredCovariate(final Column column, final IntUnaryOperator unit, final double[] means) {
        deviation = new double[column.rows()];
        mean = new double[column.rows()];
        for (int row = 0; row < mean.length; row++) {
            final int of = unit.applyAsInt(row);
            final boolean known = of >= 0 && !column.missing(row);
            mean[row] = known ? means[of] : Double.NaN;
            deviation[row] = known ? column.value(row) - mean[row] : Double.NaN;
        }
    }

    /**
     * @param frame the table that the covariate is of
     * @param within name of the column of deviations
     * @param between name of the column of means; null for none
     * @return the table with these columns
     */
    public Frame addTo(final Frame frame, final String within, final String between) {
        final Frame more = frame.with(new NumericColumn(within, deviation));
        return between == null ? more : more.with(new NumericColumn(between, mean));
    }
}
