package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.numeric.BinaryUnit;
import dev.mixedmodels.engine.result.FittedRow;

/**
 * Fitted values and residuals of the rows, asked for in the order of the table in a second pass. Normalised residuals
 * are L^-1 (y_i - mu) with V_i = L L', rows of a group in the order in which they come; since V_i is tau2 I + sigma2 J,
 * the j-th one needs only the sum S of the residuals before it:
 * <pre>
 * (r_j - w S) / sqrt(tau2 (1 + w)),   w = sigma2 / (tau2 + (j - 1) sigma2)
 * </pre>
 * With weights v of the rows S is the sum of v r, their sum stands for j - 1, and 1 / v_j for the 1 below the root.
 * Keeps 16 bytes a group. Not safe for use by several threads.
 */
public final class FittedValues {
    private final BinaryUnit unit;
    private final double mean;
    private final double meanLow;
    private final double sigma2;
    private final double tau2;
    private final GroupStatistics statistics;
    private final BlupPredictor predictor;
    private final double[] sum;
    private final double[] seen;

    /**
     * All in the unit of the statistics. The estimate of mu is mean + meanLow, so that residuals of responses with many
     * equal digits are exact.
     */
    FittedValues(final double mean, final double meanLow, final double sigma2, final double tau2,
        final GroupStatistics statistics, final BlupPredictor predictor) {
        unit = statistics.unit();
        this.mean = mean;
        this.meanLow = meanLow;
        this.sigma2 = sigma2;
        this.tau2 = tau2;
        this.statistics = statistics;
        this.predictor = predictor;
        sum = new double[statistics.groups()];
        seen = new double[statistics.groups()];
    }

    /**
     * A row of the table, in turn.
     *
     * @param group index of its group; negative or one without rows in the fit: a new group, whose BLUP is 0
     * @param y its response; NaN if it is missing, when the row is predicted only
     * @param rowWeight its weight, by which its residual variance is divided
     * @return fitted values and residuals; all missing if the weight is not positive
     */
    public FittedRow next(final int group, final double y, final double rowWeight) {
        if (!(rowWeight > 0)) {
            return FittedRow.MISSING;
        }
        final boolean known = group >= 0 && group < statistics.groups() && statistics.n(group) > 0;
        final double blup = known ? predictor.blup(group) : sigma2 < 0 ? Double.NaN : 0;
        final double marginal = mean + meanLow;
        if (Double.isNaN(y) || !known) {
            return new FittedRow(unit.restore(marginal, 1), unit.restore(marginal + blup, 1), Double.NaN, Double.NaN,
                Double.NaN);
        }
        final double deviation = (unit.measure(y, 1) - mean) - meanLow;
        final double residual = deviation - blup;
        final double weight = sigma2 / (tau2 + seen[group] * sigma2); // first: products of variances may overflow
        final double normalized = (deviation - weight * sum[group]) / Math.sqrt(tau2 * (1 / rowWeight + weight));
        sum[group] += rowWeight * deviation;
        seen[group] += rowWeight;
        return new FittedRow(unit.restore(marginal, 1), unit.restore(marginal + blup, 1), unit.restore(residual, 1),
            residual / Math.sqrt(tau2 / rowWeight), normalized);
    }
}
