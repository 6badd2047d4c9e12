package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.statistics.GroupReduction;

/**
 * Penalised least squares with one grouping factor: units are independent, and an evaluation costs a few q x q
 * operations a unit.
 */
public final class GroupedPls implements PenalisedLeastSquares {
    static final int UNITS_PER_CHUNK = 2048;

    private final GroupReduction data;
    private final RelativeFactors factors;

    /**
     * @param data statistics of the rows
     * @param factors the relative covariance factor of the one grouping factor
     */
    public GroupedPls(final GroupReduction data, final RelativeFactors factors) {
        this.data = data;
        this.factors = factors;
    }

    @Override
    public int rows() {
        return data.rows();
    }

    @Override
    public RelativeFactors factors() {
        return factors;
    }

    @Override
    public PenalisedLeastSquares with(final RelativeFactors other) {
        return new GroupedPls(data, other);
    }

    GroupReduction data() {
        return data;
    }

    /** The likelihood without the rows of a unit. */
    GroupedPls without(final int unit, final SubjectSeries its) {
        return new GroupedPls(data.without(unit, SeriesProducts.cross(its)), factors);
    }

    @Override
    public PlsPoint at(final double[] theta) {
        final double[] lambda = factors.lambda(theta)[0];
        final int p1 = data.fixedEffects() + 1;
        final double[][] parts = new double[(data.levels() + UNITS_PER_CHUNK - 1) / UNITS_PER_CHUNK][];
        Parallel.forEach(parts.length, chunk -> parts[chunk] = crossProducts(lambda, chunk));
        final double[] s = data.within().clone();
        double logDetV = 0;
        for (final double[] part : parts) {
            for (int i = 0; i < p1 * p1; i++) {
                s[i] += part[i];
            }
            logDetV += part[p1 * p1];
        }
        final MeanFit mean = Double.isNaN(logDetV) ? null : MeanFit.of(logDetV, s, p1 - 1);
        return mean == null ? null : new GroupedPoint(data, factors, lambda, mean);
    }

    /** The sum of U'U over a chunk of units, lower triangle, and their log |V|, NaN if one failed. */
    private double[] crossProducts(final double[] lambda, final int chunk) {
        final int q = data.effects();
        final int p1 = data.fixedEffects() + 1;
        final double[] sum = new double[p1 * p1 + 1];
        final WhitenedUnit unit = new WhitenedUnit(data, lambda);
        final int end = Math.min(data.levels(), (chunk + 1) * UNITS_PER_CHUNK);
        for (int j = chunk * UNITS_PER_CHUNK; j < end; j++) {
            if (!unit.whiten(j, false)) {
                sum[p1 * p1] = Double.NaN;
                return sum;
            }
            for (int m = 0; m < q; m++) {
                for (int a = 0; a < p1; a++) {
                    final double x = unit.u[m * p1 + a];
                    for (int b = 0; b <= a; b++) {
                        sum[a * p1 + b] += x * unit.u[m * p1 + b];
                    }
                }
            }
        }
        sum[p1 * p1] = unit.logDeterminant();
        return sum;
    }

    @Override
    public boolean exactCurvature() {
        return true;
    }

    @Override
    public EffectMoments effectMoments() {
        return EffectMoments.of(data);
    }
}
