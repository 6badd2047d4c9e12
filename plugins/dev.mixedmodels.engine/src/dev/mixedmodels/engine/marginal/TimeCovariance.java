package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.likelihood.ContinuousArLikelihood;
import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import java.util.Arrays;

/** The continuous-time autoregressive structure. */
final class TimeCovariance extends SubjectCovariance {
    /** Starting correlations at the typical gap. */
    private static final double[] START = {0.5, 0.9, 0.1, 0.99};

    private final ContinuousArLikelihood likelihood;
    private final double unit;
    private final double logStdDeviation;

    /**
     * @param rows the rows, with times
     * @param reml whether the restricted likelihood is meant
     * @param progress asked now and then whether to go on
     */
    TimeCovariance(final RepeatedRows rows, final boolean reml, final Progress progress) {
        super(VisitStructure.CONTINUOUS_AR1, rows.groups(), reml);
        unit = medianGap(rows);
        likelihood = new ContinuousArLikelihood(rows, rows.groups(), unit, reml, progress);
        final double[] row = new double[rows.columns() + 1];
        double sum = 0;
        for (int i = 0; i < rows.index().size(); i++) {
            rows.fill(rows.index().row(i), row);
            sum += row[rows.columns()] * row[rows.columns()];
        }
        logStdDeviation = Math.log(sum / rows.index().size()) / 2;
    }

    private static double medianGap(final RepeatedRows rows) {
        final SubjectIndex index = rows.index();
        final double[] gaps = new double[index.size()];
        int n = 0;
        for (int s = 0; s < rows.subjects(); s++) {
            for (int i = index.start(s) + 1; i < index.start(s + 1); i++) {
                gaps[n++] = rows.time(index.row(i)) - rows.time(index.row(i - 1));
            }
        }
        Arrays.sort(gaps, 0, n);
        return gaps[n / 2];
    }

    @Override
    MarginalLikelihood likelihood() {
        return likelihood;
    }

    /** Distance of time at which the working parameter is taken. */
    double unit() {
        return unit;
    }

    /** The correlation at distance 1 for a parameter logit r. */
    double correlation(final double logit) {
        return Math.exp(-Math.log1p(Math.exp(-logit)) / unit);
    }

    @Override
    double[][] starts() {
        final double[][] starts = new double[START.length][2 * groups()];
        for (int i = 0; i < START.length; i++) {
            for (int g = 0; g < groups(); g++) {
                starts[i][2 * g] = logStdDeviation;
                starts[i][2 * g + 1] = Math.log(START[i] / (1 - START[i]));
            }
        }
        return starts;
    }

    /** Two times at distance 1: its correlation is rho per unit of time. */
    @Override
    CovarianceStructure typical() {
        return VisitStructure.overTimes(new double[] {0, 1}, unit);
    }

    @Override
    CovarianceStructure over(final SubjectBlock block) {
        final double[] times = new double[block.rows()];
        Arrays.setAll(times, block::time);
        return over(times);
    }

    /** The structure over any times, all different. */
    CovarianceStructure over(final double[] times) {
        return VisitStructure.overTimes(times, unit);
    }

    @Override
    int[] places(final SubjectBlock block) {
        final int[] places = new int[block.rows()];
        Arrays.setAll(places, i -> i);
        return places;
    }
}
