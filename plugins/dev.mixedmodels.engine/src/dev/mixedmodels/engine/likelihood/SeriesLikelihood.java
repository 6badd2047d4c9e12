package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.Extent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The criterion subject by subject for V_i = s^2 R_i(psi), R_i a correlation over the places of the subject's rows.
 * theta = (log s, psi) of each group in turn.
 */
public final class SeriesLikelihood implements MarginalLikelihood {
    private static final double[] NO_EFFECTS = {};
    /** So many times as many subjects are worth a look at some of them first. */
    private static final int MANY = 4;

    private final List<SubjectSeries> groups;
    private final Extent extent;
    private final boolean reml;
    private final Progress progress;

    /**
     * @param groups the subjects of each set of covariance parameters, without random effects
     * @param extent of the rows
     * @param reml whether the restricted likelihood is meant
     * @param progress asked now and then whether to go on
     */
    public SeriesLikelihood(final List<SubjectSeries> groups, final Extent extent, final boolean reml,
        final Progress progress) {
        this.groups = List.copyOf(groups);
        this.extent = extent;
        this.reml = reml;
        this.progress = progress.quiet();
    }

    /**
     * The same criterion of some subjects, whose minimum is near that of all.
     *
     * @param most subjects of each group, which are taken evenly among all
     * @return it; null where a group has not many times as many, or an evaluation costs nothing per subject
     */
    public SeriesLikelihood some(final int most) {
        if (groups.stream().anyMatch(series -> series.pooled() != null || series.subjects() < MANY * most)) {
            return null;
        }
        return new SeriesLikelihood(groups.stream().map(series -> series.some(IntStream.range(0, most)
            .map(i -> (int) ((long) i * series.subjects() / most)).toArray())).toList(), extent, reml, progress);
    }

    @Override
    public int parameters() {
        return groups.size() * perGroup();
    }

    private int perGroup() {
        return 1 + groups.get(0).residualParameters();
    }

    @Override
    public double[] bounds(final int sign) {
        final double[] bounds = new double[parameters()];
        final double[] own = groups.get(0).structure().bounds(sign, extent);
        for (int g = 0; g < groups.size(); g++) {
            bounds[g * perGroup()] = sign * Double.POSITIVE_INFINITY;
            System.arraycopy(own, 0, bounds, g * perGroup() + 1, own.length);
        }
        return bounds;
    }

    /** psi of a group. */
    private double[] psi(final double[] theta, final int group) {
        return Arrays.copyOfRange(theta, group * perGroup() + 1, (group + 1) * perGroup());
    }

    /** Derivatives of psi and log s^2 of a group by theta. */
    private double[][] first(final int group) {
        final int m = perGroup();
        final double[][] first = new double[m][parameters()];
        for (int k = 0; k < m - 1; k++) {
            first[k][group * m + 1 + k] = 1;
        }
        first[m - 1][group * m] = 2;
        return first;
    }

    private CovarianceJet jet(final double[] theta, final int order) {
        CovarianceJet all = null;
        for (int g = 0; g < groups.size(); g++) {
            final CovarianceJet jet =
                CovarianceJet.of(groups.get(g).sum(NO_EFFECTS, psi(theta, g), order, progress), groups.get(g).rows())
                    .scaled(Math.exp(2 * theta[g * perGroup()])).change(first(g));
            all = all == null ? jet : all.plus(jet, 1);
        }
        return all;
    }

    @Override
    public MarginalPoint at(final double[] theta) {
        final JetPoint point = new JetPoint(jet(theta, 2), reml);
        return point.exists() ? point : null;
    }

    @Override
    public double value(final double[] theta, final double[] gradient, final double[][] hessian) {
        return gradient == null && hessian == null ? new JetPoint(jet(theta, 0), reml).value()
            : MarginalLikelihood.super.value(theta, gradient, hessian);
    }

    /**
     * Where a search may begin.
     *
     * @param theta covariance parameters
     * @param value the likelihood there
     */
    public record Start(double[] theta, double value) {
    }

    /**
     * @param theta covariance parameters
     * @return them with all s multiplied by the best common factor; null if the likelihood does not exist
     */
    public Start scaled(final double[] theta) {
        final CovarianceJet jet = jet(theta, 0);
        final GaussianCriterion criterion = new GaussianCriterion(jet, reml);
        if (!criterion.exists()) {
            return null;
        }
        final double s = criterion.residualSumOfSquares() / criterion.degreesOfFreedom();
        final double[] scaled = theta.clone();
        for (int g = 0; g < groups.size(); g++) {
            scaled[g * perGroup()] += Math.log(s) / 2;
        }
        return new Start(scaled, new GaussianCriterion(jet.scaled(s), reml).value());
    }

    /**
     * @param theta covariance parameters
     * @param group a group
     * @return the shares of its subjects, by their place among them
     */
    public UnitJets jets(final double[] theta, final int group) {
        final SubjectSeries series = groups.get(group);
        return new SeriesJets(series::part, series.subjects(),
            subject -> series.starts()[subject + 1] - series.starts()[subject], NO_EFFECTS, psi(theta, group),
            Math.exp(2 * theta[group * perGroup()]), first(group));
    }
}
