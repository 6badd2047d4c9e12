package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import java.util.Arrays;

/**
 * A fit that draws what the responses come down to, and estimates from that: for every size of groups the mean of the
 * group means, which is N(mu, v / count) with v = sigma2 + tau2 / size, and their scatter, v chi2(count - 1); and the
 * sum of squares within groups, tau2 chi2(N - a). All are independent and sufficient, so that a replicate costs nothing
 * per row or group.
 */
record OneWayRefits(OneWayFit fit, boolean moments, boolean equal, double sigma2, double tau2) implements Refits {
    /** The model at its estimates; a negative variance between groups, which nothing can be drawn from, counts as 0. */
    static OneWayRefits of(final OneWayFit fit) {
        return new OneWayRefits(fit, fit.moments(), false, Math.max(0, fit.estimates().sigma2()),
            fit.estimates().tau2());
    }

    /** The model of equal groups, against {@link #unequal}. */
    static OneWayRefits equal(final OneWayFit fit) {
        final RatioCriterion criterion = new RatioCriterion(fit.classes(), restricted(fit));
        return new OneWayRefits(fit, false, true, 0, criterion.at(0).q() / criterion.df());
    }

    /** The model as it is tested, by a likelihood. */
    static OneWayRefits unequal(final OneWayFit fit) {
        final VarianceEstimates tested = fit.moments() ? fit.restricted() : fit.estimates();
        return new OneWayRefits(fit, false, false, tested.sigma2(), tested.tau2());
    }

    /** By what likelihood the variances are tested. */
    private static boolean restricted(final OneWayFit fit) {
        return fit.settings().method() != Method.ML;
    }

    @Override
    public int rows() {
        return Math.toIntExact(fit.anova().rows());
    }

    /**
     * @return the means by class, the scatters by class, and the sum of squares within groups, in the unit of the
     *         classes
     */
    @Override
    public double[] draw(final Sampler random) {
        final SizeClasses classes = fit.classes();
        final int n = classes.classes();
        final double[] drawn = new double[2 * n + 1];
        for (int k = 0; k < n; k++) {
            final double v = sigma2 + tau2 / classes.size()[k];
            drawn[k] = fit.estimates().mean() + Math.sqrt(v / classes.count()[k]) * random.normal();
            drawn[n + k] = v * chiSquare(classes.count()[k] - 1, random);
        }
        drawn[2 * n] = tau2 * chiSquare(classes.rows() - classes.groups(), random);
        return drawn;
    }

    private static double chiSquare(final double df, final Sampler random) {
        return df == 0 ? 0 : 2 * random.gamma(df / 2);
    }

    @Override
    public Refit own() {
        return refit(fit.classes());
    }

    @Override
    public Worker worker() {
        final int n = fit.classes().classes();
        return drawn -> refit(fit.classes().with(Arrays.copyOf(drawn, n), Arrays.copyOfRange(drawn, n, 2 * n),
            drawn[2 * n]));
    }

    /** Coefficients and parameters in the response's own unit. */
    private Refit refit(final SizeClasses classes) {
        final VarianceEstimates found =
            moments ? MomentEstimator.estimate(classes) : new LikelihoodEstimator(classes, restricted(fit)).estimate();
        return new Refit(found.minusTwoLogLikelihood() + (equal ? found.likelihoodRatio() : 0),
            new double[] {fit.mean(found)},
            new double[] {fit.own(found.sigma2(), 2), fit.own(found.tau2(), 2), OneWayFit.intraclassCorrelation(found)},
            moments || Remarks.converged(found, fit.anova().rows()));
    }
}
