package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.TimeDecay;
import java.util.List;

/**
 * The criterion for V_i = s^2 C_i, C_jk = r^(|t_j - t_k| / unit), over real times: that of subjects with residuals that are
 * autoregressive in continuous time, each group with its own. theta = (log s, logit r) of each group in turn.
 */
public final class ContinuousArLikelihood implements MarginalLikelihood {
    private final List<SubjectSeries> groups;
    private final double unit;
    private final boolean reml;
    private final Progress progress;

    /**
     * @param data rows by subject, each in order of time
     * @param groups number of sets of parameters
     * @param unit distance of time at which r is taken
     * @param reml whether the restricted likelihood is meant
     * @param progress asked now and then whether to go on
     */
    public ContinuousArLikelihood(final SubjectRows data, final int groups, final double unit, final boolean reml,
        final Progress progress) {
        this.groups = SeriesBuilder.overTime(data, groups, progress);
        this.unit = unit;
        this.reml = reml;
        this.progress = progress.quiet();
    }

    @Override
    public int parameters() {
        return 2 * groups.size();
    }

    @Override
    public MarginalPoint at(final double[] theta) {
        final JetPoint point = point(theta, 2);
        return point.exists() ? point : null;
    }

    @Override
    public double value(final double[] theta, final double[] gradient, final double[][] hessian) {
        return gradient == null && hessian == null ? point(theta, 0).value()
            : MarginalLikelihood.super.value(theta, gradient, hessian);
    }

    private JetPoint point(final double[] theta, final int order) {
        CovarianceJet all = null;
        for (int g = 0; g < groups.size(); g++) {
            final SubjectSeries series = groups.get(g);
            final TimeDecay decay = TimeDecay.of(theta[2 * g + 1]);
            final double[] psi = {Math.log(-decay.logR() / unit)};
            final double[][] first = new double[2][parameters()];
            final double[][][] second = new double[2][][];
            if (order > 0) {
                // psi = log(-log r / unit) with d log r / d logit r = 1 - r
                first[0][2 * g + 1] = decay.rest() / decay.logR();
                first[1][2 * g] = 2;
                second[0] = new double[parameters()][parameters()];
                second[0][2 * g + 1][2 * g + 1] = -first[0][2 * g + 1] * (decay.r() + first[0][2 * g + 1]);
            }
            final CovarianceJet jet = CovarianceJet.of(series.sum(new double[0], psi, order, progress), series.rows())
                .scaled(Math.exp(2 * theta[2 * g]));
            final CovarianceJet own = order > 0 ? jet.change(first, second) : jet;
            all = all == null ? own : all.plus(own, 1);
        }
        return new JetPoint(all, reml);
    }
}
