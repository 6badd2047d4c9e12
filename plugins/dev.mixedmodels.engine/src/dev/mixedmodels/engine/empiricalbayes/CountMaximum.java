package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Roots;
import java.util.function.DoubleUnaryOperator;

/**
 * Maximum marginal likelihood of the mean and overdispersion of counts. For a fixed overdispersion the likelihood has
 * one maximum over the mean; the remaining function of the overdispersion may have several, so the sign changes of its
 * derivative are all found on a grid and compared, with complete pooling (overdispersion 0) among them.
 */
final class CountMaximum {
    private static final double FIRST_STEP = 0.02;
    private static final double LONGEST = 700;
    private static final double EXACT = 1e-15;
    /** Enough at a maximum, where the function is flat. */
    private static final double NEAR = 1e-9;
    /** Step of the differences that the observed information is taken from, in u and log omega; error of order h^4. */
    private static final double DIFFERENCE = 2e-3;
    private static final double GRID = 10;
    /** Beyond this overdispersion a negative score stays negative. */
    private static final double HIGH = 100;
    /** Priors beyond it are as good as a point at the end of the range; curves are followed up to here. */
    static final double LARGEST_OMEGA = 1e12;

    private final CountModel model;
    private final Progress progress;
    private int evaluations;

    CountMaximum(final CountModel model, final Progress progress) {
        this.model = model;
        this.progress = progress;
    }

    /**
     * @return mean and overdispersion with the inverse of the observed information
     */
    PriorEstimate estimate() {
        final double common = model.pooled();
        final double pooled = model.link(common);
        double bestOmega = omegaScore(pooled, 0) <= 0 ? 0 : Double.NaN;
        double bestU = pooled;
        double largest = 1;
        for (int i = 0; i < model.units(); i++) {
            largest = Math.max(largest, Math.max(model.y[i], model.n[i] * common));
        }
        double low = 0;
        double u = pooled;
        double atLow = Double.isNaN(bestOmega) ? 1 : -1;
        for (double next = 1e-3 / largest; low < HIGH || atLow > 0; next *= GRID) {
            u = mean(next, u);
            final double atNext = omegaScore(u, next);
            if (atLow > 0 && atNext <= 0) {
                final double start = u;
                final DoubleUnaryOperator profile = omega -> omegaScore(mean(omega, start), omega);
                final double omega = low == 0 ? Roots.find(profile, 0, next)
                    : Math.exp(Roots.find(t -> profile.applyAsDouble(Math.exp(t)), Math.log(low), Math.log(next)));
                final double at = mean(omega, start);
                if (Double.isNaN(bestOmega)
                    || model.logLikelihood(at, omega) > model.logLikelihood(bestU, bestOmega)) {
                    bestOmega = omega;
                    bestU = at;
                }
            }
            low = next;
            atLow = atNext;
        }
        return at(bestU, bestOmega);
    }

    private PriorEstimate at(final double u, final double omega) {
        final double m = model.mean(u);
        final double overdispersion = model.overdispersion(omega);
        final double[] eta = {m, overdispersion};
        final double[][] covariance = new double[2][2];
        final double dm = model.slope(m);
        if (omega == 0) {
            covariance[0][0] = dm * dm / -difference(t -> meanScore(u + t, 0));
            return new PriorEstimate(eta, covariance, Double.NaN, true, true, meanScore(u, 0), evaluations);
        }
        final double[][] information = new double[2][2];
        information[0][0] = -difference(t -> meanScore(u + t, omega));
        information[1][1] = -difference(t -> omegaScore(u, omega * Math.exp(t)) * omega * Math.exp(t));
        information[0][1] = -difference(t -> meanScore(u, omega * Math.exp(t)));
        information[1][0] = information[0][1];
        final double[][] inverse = Matrices.inversePositiveDefinite(information);
        final double[] jacobian = {dm, overdispersion * (1 - overdispersion / model.largestOverdispersion())};
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                covariance[i][j] = inverse == null ? Double.NaN : jacobian[i] * jacobian[j] * inverse[i][j];
            }
        }
        return new PriorEstimate(eta, covariance, Double.NaN, false, inverse != null,
            Math.max(Math.abs(meanScore(u, omega)), Math.abs(omega * omegaScore(u, omega))), evaluations);
    }

    /** Derivative at 0 by central differences of fourth order. */
    private static double difference(final DoubleUnaryOperator f) {
        return difference(f, DIFFERENCE);
    }

    private static double difference(final DoubleUnaryOperator f, final double h) {
        return (8 * (f.applyAsDouble(h) - f.applyAsDouble(-h)) - (f.applyAsDouble(2 * h) - f.applyAsDouble(-2 * h)))
            / (12 * h);
    }

    /**
     * The prior with a given variance, and a given mean or that of maximum likelihood.
     *
     * @param tau2 prior variance
     * @param mean prior mean, or NaN
     * @return the estimate; the uncertainty of the mean moves the overdispersion with it
     * @throws ModelException if the likelihood has no maximum among the priors of this variance
     */
    PriorEstimate given(final double tau2, final double mean) {
        if (!Double.isNaN(mean)) {
            return new PriorEstimate(new double[] {mean, tau2 / model.varianceFactor(mean)}, new double[2][2],
                Double.NaN, tau2 == 0, true, 0, 0);
        }
        final CountParameter given = CountParameter.TAU2;
        final double pooled = model.link(model.pooled());
        final double u = alongCurve(given, tau2,
            exists(omegaAlong(given, tau2, pooled)) ? pooled : model.meanForVariance(tau2), EXACT);
        double step = DIFFERENCE;
        while (step > Math.ulp(u) && !(exists(omegaAlong(given, tau2, u - 2 * step))
            && exists(omegaAlong(given, tau2, u + 2 * step)))) {
            step /= 2;
        }
        final double information = -difference(t -> curveScore(given, tau2, u + t), step);
        if (!(information > 0)) {
            throw new ModelException("\"Given prior variance\" is too large for these data: the larger the differences"
                + " between the units that it allows, the better it fits, and no prior mean fits best. Give a smaller"
                + " one, or give the prior mean as well.");
        }
        final double m = model.mean(u);
        final double omega = omegaAlong(given, tau2, u);
        final double c = model.overdispersion(omega);
        // from omega to the reported overdispersion, omega or omega / (1 + omega)
        final double shown = 1 - c / model.largestOverdispersion();
        final double[] slope = {model.slope(m), given.omegaByMean(model, m, omega) * shown * shown};
        final double[][] covariance = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                covariance[i][j] = slope[i] * slope[j] / information;
            }
        }
        return new PriorEstimate(new double[] {m, c}, covariance, Double.NaN, tau2 == 0, true,
            curveScore(given, tau2, u), evaluations);
    }

    /**
     * Profile log likelihood of a parameter of the prior.
     *
     * @param parameter which
     * @param value its value
     * @param start u to start from
     * @return log likelihood maximised over the mean
     */
    double profile(final CountParameter parameter, final double value, final double start) {
        final double u = alongCurve(parameter, value, start, NEAR);
        final double omega = omegaAlong(parameter, value, u);
        return exists(omega) ? model.logLikelihood(u, omega) : Double.NEGATIVE_INFINITY;
    }

    private double alongCurve(final CountParameter parameter, final double value, final double start,
        final double tolerance) {
        return root(u -> exists(omegaAlong(parameter, value, u)) ? curveScore(parameter, value, u) : start - u, start,
            tolerance);
    }

    private static boolean exists(final double omega) {
        return omega >= 0 && omega < LARGEST_OMEGA;
    }

    /** d log likelihood / du along the curve on which a parameter is constant. */
    private double curveScore(final CountParameter parameter, final double value, final double u) {
        final double omega = omegaAlong(parameter, value, u);
        final double slope = parameter.omegaByMean(model, model.mean(u), omega);
        return meanScore(u, omega) + (slope == 0 ? 0 : omegaScore(u, omega) * slope);
    }

    /** omega at u on that curve; a beta prior's variance may be too large for its mean, then negative or infinite. */
    private double omegaAlong(final CountParameter parameter, final double value, final double u) {
        return model.omega(parameter.overdispersion(model, value, model.mean(u)));
    }

    /** The u that maximises the likelihood at an overdispersion. */
    private double mean(final double omega, final double start) {
        return root(u -> meanScore(u, omega), start, EXACT);
    }

    /** Root of a function that falls through 0, from a bracket grown around the start. */
    private static double root(final DoubleUnaryOperator f, final double start, final double tolerance) {
        double a = start;
        double atA = f.applyAsDouble(a);
        if (atA == 0) {
            return a;
        }
        final double direction = Math.signum(atA);
        double b = a + direction * FIRST_STEP;
        double atB = f.applyAsDouble(b);
        for (double step = 4 * FIRST_STEP; atB * direction > 0 && step < LONGEST; step *= 4) {
            a = b;
            atA = atB;
            b = a + direction * step;
            atB = f.applyAsDouble(b);
        }
        return atB * direction > 0 ? b : Roots.falsePosition(f, a, atA, b, atB, tolerance);
    }

    private double meanScore(final double u, final double omega) {
        progress.check();
        evaluations++;
        return model.meanScore(u, omega);
    }

    private double omegaScore(final double u, final double omega) {
        progress.check();
        evaluations++;
        return model.omegaScore(u, omega);
    }
}
