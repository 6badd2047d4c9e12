package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.numeric.Sampler;
import java.util.Arrays;

/**
 * y_i | theta_i ~ N(theta_i, v_i) with v_i known, theta_i ~ N(x_i'beta, A). eta = (beta, A). With a given mean there is
 * no beta and y is taken relative to that mean. Where v_i = 0, theta_i is known and not shrunk ({@link KnownUnits}).
 *
 * @param y estimates
 * @param v their sampling variances
 * @param x rows of the mean's columns; null for none or an intercept alone
 * @param p number of its columns
 * @param offset a given mean; 0 without
 * @param estimator how A is estimated
 * @param givenTau2 A where it is given
 * @param exact the units with v_i = 0
 * @param regression of y less the given mean on x
 */
record GaussianModel(double[] y, double[] v, double[] x, int p, double offset, PriorEstimator estimator,
    double givenTau2, KnownUnits exact, WeightedRegression regression) implements CompoundModel {

    private static GaussianModel of(final double[] y, final double[] v, final double[] x, final int p,
        final double offset, final PriorEstimator estimator, final double givenTau2) {
        final double[] relative = offset == 0 ? y : y.clone();
        for (int i = 0; offset != 0 && i < y.length; i++) {
            relative[i] -= offset;
        }
        final KnownUnits exact = new KnownUnits(relative, v, x, p);
        return new GaussianModel(y, v, x, p, offset, estimator, givenTau2, exact,
            new WeightedRegression(relative, exact.variances(), x, p));
    }

    /**
     * @param units the units, all observed
     * @param settings how to fit
     * @return their model
     */
    static GaussianModel of(final Units units, final EmpiricalBayesSettings settings) {
        final boolean meanGiven = !Double.isNaN(settings.givenMean());
        final int p = meanGiven ? 0 : units.mean().columns();
        final double[] v = new double[units.size()];
        Arrays.setAll(v, i -> units.precision()[i] * units.precision()[i]);
        return of(units.y(), v, p == 0 ? null : units.mean().x(), p, meanGiven ? settings.givenMean() : 0,
            settings.estimator().or(Family.GAUSSIAN), settings.givenTau2());
    }

    int columns() {
        return p;
    }

    /** Number of units with a standard error of 0. */
    int known() {
        return exact.count();
    }

    /** Whether the mean depends on anything. */
    boolean hasCovariates() {
        return p > 0 && !regression.isOneMean();
    }

    double tau2(final double[] eta) {
        return eta[p];
    }

    double variance(final int unit) {
        return v[unit];
    }

    @Override
    public int units() {
        return y.length;
    }

    @Override
    public String fault() {
        final int k = y.length;
        if (k < p) {
            return "There are fewer units (" + k + ") than coefficients of the prior mean (" + p
                + "). Remove columns under \"Covariates\".";
        }
        if (estimator == PriorEstimator.GIVEN || k > p && estimator == PriorEstimator.ML) {
            return exact.fault(estimator, givenTau2);
        }
        final int least = estimator == PriorEstimator.JAMES_STEIN ? p + 3 : p + 1;
        if (k < least) {
            return "The prior variance cannot be estimated by \"" + estimator + "\" from " + Words.count(k, "unit")
                + " and "
                + Words.count(p, "coefficient") + " of the mean: at least " + least + " units are needed. Choose the"
                + " estimator \"Given\" and write a known prior variance under \"Given prior variance\".";
        }
        final String fault = exact.fault(estimator, givenTau2);
        return fault != null ? fault : estimator == PriorEstimator.JAMES_STEIN && !equalVariances()
            ? "The estimator \"James-Stein\" needs equal standard errors; choose \"REML\" or \"Paule-Mandel\" for "
            + "unequal"
                + " ones." : null;
    }

    private boolean equalVariances() {
        double smallest = v[0];
        double largest = v[0];
        for (final double variance : v) {
            smallest = Math.min(smallest, variance);
            largest = Math.max(largest, variance);
        }
        return largest - smallest <= 1e-9 * largest;
    }

    @Override
    public PriorEstimate estimate(final Progress progress) {
        final TauSquared.Estimate tau2 = estimator == PriorEstimator.GIVEN
            ? new TauSquared.Estimate(givenTau2, Double.NaN, 0, 0, 1)
            : new TauSquared(regression, progress).estimate(estimator);
        if (tau2.value() == 0 && exact.differ()) {
            throw new ModelException("The estimator \"" + estimator + "\" gives a prior variance of 0, and the "
                + exact.count() + " units with the standard error 0 differ from any common mean, so that it is not. "
                + "Choose"
                + " the estimator \"REML\" or \"Paule-Mandel\".");
        }
        final WeightedFit fit = regression.at(tau2.value());
        final double[] eta = new double[p + 1];
        System.arraycopy(fit.coefficients(), 0, eta, 0, p);
        eta[p] = tau2.value();
        final boolean boundary = tau2.value() == 0;
        return new PriorEstimate(eta, covariance(fit, boundary ? 0 : tau2.firstOrder()), tau2.variance(), boundary,
            true, boundary ? 0 : tau2.score(), tau2.evaluations() + 1);
    }

    /** Cov(beta) = (X'WX)^-1 + b b' Var(A), Cov(beta, A) = b Var(A), b = d beta / dA. */
    private double[][] covariance(final WeightedFit fit, final double variance) {
        final double[][] c = fit.covariance();
        final double[] slope = fit.sums().slope();
        final double[][] covariance = new double[p + 1][p + 1];
        for (int i = 0; i <= p; i++) {
            for (int j = 0; j <= p; j++) {
                covariance[i][j] = (i < p ? slope[i] : 1) * (j < p ? slope[j] : 1) * variance
                    + (i < p && j < p ? c[i][j] : 0);
            }
        }
        return covariance;
    }

    @Override
    public CompoundModel simulate(final double[] eta, final Sampler sampler) {
        final double[] drawn = new double[y.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = priorMean(eta, i) + Math.sqrt(v[i] + eta[p]) * sampler.normal();
        }
        return of(drawn, v, x, p, offset, estimator, givenTau2);
    }

    @Override
    public double raw(final int unit) {
        return y[unit];
    }

    @Override
    public double rawStdError(final int unit) {
        return Math.sqrt(v[unit]);
    }

    @Override
    public double priorMean(final double[] eta, final int unit) {
        if (x == null) {
            return p == 0 ? offset : eta[0];
        }
        double mean = 0;
        for (int j = 0; j < p; j++) {
            mean += x[unit * p + j] * eta[j];
        }
        return mean;
    }

    @Override
    public double priorVariance(final double[] eta) {
        return eta[p];
    }

    @Override
    public double shrinkage(final double[] eta, final int unit) {
        return v[unit] == 0 ? 0 : v[unit] / (v[unit] + eta[p]);
    }

    @Override
    public Posterior posterior(final double[] eta, final int unit) {
        final double b = shrinkage(eta, unit);
        return new Posterior.Normal(shrunk(eta, unit, b), b * eta[p]);
    }

    @Override
    public Posterior prior(final double[] eta, final double[] design) {
        double mean = p == 0 ? offset : 0;
        for (int j = 0; j < p; j++) {
            mean += design[j] * eta[j];
        }
        return new Posterior.Normal(mean, eta[p]);
    }

    /**
     * @param b weight of the prior mean, in [0, 1]
     * @return (1 - b) y + b x'beta, computed from the nearer end
     */
    double shrunk(final double[] eta, final int unit, final double b) {
        final double mean = priorMean(eta, unit);
        final double difference = y[unit] - mean;
        return b <= 0.5 ? y[unit] - b * difference : mean + (1 - b) * difference;
    }

    @Override
    public double[] gradient(final double[] eta, final int unit) {
        final double b = shrinkage(eta, unit);
        final double[] gradient = new double[p + 1];
        final double[] row = regression.design(unit);
        for (int j = 0; j < p; j++) {
            gradient[j] = b * row[j];
        }
        gradient[p] = b == 0 ? 0 : b * (y[unit] - priorMean(eta, unit)) / (v[unit] + eta[p]);
        return gradient;
    }

    @Override
    public double marginalVariance(final double[] eta, final int unit) {
        return v[unit] + eta[p];
    }

    @Override
    public double samplingVariance(final double theta, final int unit) {
        return v[unit];
    }
}
