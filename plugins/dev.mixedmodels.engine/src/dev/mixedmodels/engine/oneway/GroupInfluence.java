package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.Deletion;
import dev.mixedmodels.engine.inference.Deletions;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.likelihood.CovarianceJet;
import dev.mixedmodels.engine.likelihood.OneStep;
import dev.mixedmodels.engine.likelihood.UnitJets;
import dev.mixedmodels.engine.report.InfluenceTable;
import dev.mixedmodels.engine.result.InfluenceRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.List;
import java.util.function.Supplier;

/**
 * The influence of groups. One Newton step is taken in (f, log tau2), sigma2 = f^2 tau2, or in log tau2 alone where
 * sigma2 is at its bound; estimates by moments have a closed form without any group.
 *
 * @param fit to all groups
 * @param groups numbers of those that have rows
 */
record GroupInfluence(OneWayFit fit, int[] groups) {
    static List<InfluenceRow> of(final OneWayFit fit, final Progress progress, final Warnings warnings) {
        if (fit.settings().inference().influence() == InfluenceMethod.NONE) {
            return List.of();
        }
        final GroupInfluence influence = new GroupInfluence(fit, fit.data().groups());
        final VarianceEstimates estimates = fit.estimates();
        final String group = fit.settings().group();
        final int exponent = fit.anova().unit().exponent() + Math.getExponent(fit.classes().unit());
        return InfluenceTable.of(influence.deletions(progress),
            new InfluenceTable.Fit(new double[] {estimates.mean()}, new double[] {estimates.meanVariance()},
                List.of("(Intercept)"), new double[][] {{1}},
                List.of(group + ": " + CovarianceTables.SIGMA2, CovarianceTables.TAU2),
                new double[] {estimates.sigma2(), estimates.tau2()}, new ResponseUnit(exponent)),
            new InfluenceTable.Units(group, unit -> fit.data().levels().get(influence.groups[unit]),
                unit -> (int) influence.n(unit)), progress, warnings);
    }

    private double n(final int unit) {
        return fit.data().statistics().n(groups[unit]);
    }

    /** Rows of a group, or the sum of their weights. */
    private double weight(final int unit) {
        return fit.data().statistics().size(groups[unit]);
    }

    /** Mean of a group from the grand mean, in the unit of the classes. */
    private double mean(final int unit) {
        return fit.anova().deviation(groups[unit]) / fit.classes().unit();
    }

    /** Sum of squares within a group, in the same unit. */
    private double within(final int unit) {
        return fit.data().statistics().sumOfSquares(groups[unit]) / fit.classes().unit() / fit.classes().unit();
    }

    private Deletions deletions(final Progress progress) {
        if (fit.settings().method() == RandomInterceptSettings.Method.ANOVA) {
            return each((unit, rest) -> {
                final double leverage = weight(unit) / fit.classes().total();
                return rest == null ? Deletion.impossible(leverage)
                    : deletion(MomentEstimator.estimate(rest), leverage);
            });
        }
        final OneStep oneStep = oneStep(progress);
        if (fit.settings().inference().influence() == InfluenceMethod.ONE_STEP) {
            return oneStep;
        }
        final OneStep.Worker first = oneStep.worker(progress);
        final boolean reml = fit.settings().method() == RandomInterceptSettings.Method.REML;
        return each((unit, rest) -> {
            final double leverage = first.without(unit).leverage();
            return rest == null ? Deletion.impossible(leverage)
                : deletion(new LikelihoodEstimator(rest, reml).estimate(), leverage);
        });
    }

    /** What becomes of the classes without a group; null if these do not determine both variances. */
    @FunctionalInterface
    private interface Refit {
        Deletion of(int unit, SizeClasses rest);
    }

    private Deletions each(final Refit refit) {
        return Deletions.of(groups.length, progress -> unit -> {
                progress.check();
                final SizeClasses rest = fit.classes().without(n(unit), weight(unit), mean(unit), within(unit));
                return refit.of(unit, rest.determined() ? rest : null);
        });
    }

    private static Deletion deletion(final VarianceEstimates without, final double leverage) {
        return new Deletion(new double[] {without.mean()}, new double[] {without.meanVariance()},
            new double[] {without.sigma2(), without.tau2()}, leverage);
    }

    private OneStep oneStep(final Progress progress) {
        final boolean bound = fit.estimates().boundary();
        final double s = fit.estimates().tau2();
        final double f = Math.sqrt(fit.estimates().sigma2() / s);
        final Supplier<UnitJets> source = () -> unit -> jet(unit, f, s, bound);
        return new OneStep(groups.length, source, OneStep.total(groups.length, source, progress), inverse(f, s),
            fit.settings().method() == RandomInterceptSettings.Method.REML, bound ? 0 : 1, step -> {
                final double moved = s * Math.exp(step[step.length - 1]);
                final double root = bound ? 0 : f + step[0];
                return new double[] {root * root * moved, moved};
            });
    }

    /** Inverse of the second derivatives of -2 log likelihood by (f, log tau2), or by log tau2. */
    private double[][] inverse(final double f, final double s) {
        final double[][] c = fit.estimates().covariance();
        if (fit.estimates().boundary()) {
            return new double[][] {{c[1][1] / (s * s) / 2}};
        }
        if (Double.isNaN(c[0][0])) {
            return null;
        }
        // d(f, log tau2) / d(sigma2, tau2)
        final double[] ofF = {1 / (2 * f * s), -f / (2 * s)};
        final double variance = ofF[0] * ofF[0] * c[0][0] + 2 * ofF[0] * ofF[1] * c[0][1] + ofF[1] * ofF[1] * c[1][1];
        final double covariance = (ofF[0] * c[0][1] + ofF[1] * c[1][1]) / s;
        return new double[][] {{variance / 2, covariance / 2}, {covariance / 2, c[1][1] / (s * s) / 2}};
    }

    /** V = tau2 (I + f^2 J) of a group, W = [1 y]. */
    private CovarianceJet jet(final int unit, final double f, final double s, final boolean bound) {
        final double n = n(unit);
        final double d = mean(unit);
        final double size = weight(unit);
        final double w = size / (s * (1 + size * f * f));
        final double[] k0 = {w, w * d, w * d * d + within(unit) / s};
        final double slope = 2 * f * s;
        final double[] byF = {slope * w * w, slope * w * w * d, slope * w * w * d * d};
        return CovarianceJet.of(2, (long) n, 0, k0, bound ? new double[] {n} : new double[] {slope * w, n},
            bound ? new double[][] {k0} : new double[][] {byF, k0});
    }
}
