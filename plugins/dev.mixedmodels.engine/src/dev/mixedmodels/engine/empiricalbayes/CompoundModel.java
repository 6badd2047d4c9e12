package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.Sampler;

/**
 * Compound sampling: data of k units, a family of priors G(eta), and everything that follows once eta is known. The
 * prior's parameters go by as plain arrays, so that those estimated from other data (bootstrap samples) can be applied
 * to these.
 */
interface CompoundModel {
    /**
     * @return number of units, k; of rows where units with the same data share one
     */
    int units();

    /**
     * @return number of units where each of these stands for as many as its frequency says
     */
    default double total() {
        return units();
    }

    /**
     * @return null if the prior has a finite estimate, else what stands against it and what to do, for the user
     */
    String fault();

    /**
     * @param progress asked whether to go on
     * @return the estimated prior; only where there is no fault
     */
    PriorEstimate estimate(Progress progress);

    /**
     * The same units with thetas drawn from the prior and data drawn given these.
     *
     * @param eta parameters of the prior
     * @param sampler source of random numbers
     * @return a bootstrap sample
     */
    CompoundModel simulate(double[] eta, Sampler sampler);

    /**
     * @param unit a unit
     * @return the unit's own estimate of theta
     */
    double raw(int unit);

    /**
     * @param unit a unit
     * @return standard error of the unit's own estimate
     */
    double rawStdError(int unit);

    /**
     * @param unit a unit
     * @param tail probability outside on each side
     * @param z normal quantile of that upper tail
     * @return confidence interval of the unit's own estimate: normal where no exact one is known
     */
    default ProfileBounds rawInterval(final int unit, final double tail, final double z) {
        final double half = z * rawStdError(unit);
        return new ProfileBounds(raw(unit) - half, raw(unit) + half);
    }

    /**
     * @param eta parameters of the prior
     * @param unit a unit
     * @return E(theta)
     */
    double priorMean(double[] eta, int unit);

    /**
     * @param eta parameters of the prior
     * @return Var(theta)
     */
    double priorVariance(double[] eta);

    /**
     * @param eta parameters of the prior
     * @param unit a unit
     * @return B with E(theta | y) = B prior mean + (1 - B) raw estimate; NaN where the posterior mean is not linear
     */
    double shrinkage(double[] eta, int unit);

    /**
     * @param eta parameters of the prior
     * @param unit a unit
     * @return distribution of theta given y, eta taken as known
     */
    Posterior posterior(double[] eta, int unit);

    /**
     * @param eta parameters of the prior
     * @param design row of the mean's design of a unit that was not observed
     * @return distribution of its theta
     */
    Posterior prior(double[] eta, double[] design);

    /**
     * @param eta parameters of the prior
     * @param unit a unit
     * @return dE(theta | y) / d eta
     */
    double[] gradient(double[] eta, int unit);

    /**
     * @param eta parameters of the prior
     * @param unit a unit
     * @return Var(raw estimate), unconditionally
     */
    double marginalVariance(double[] eta, int unit);

    /**
     * @param theta a value of theta
     * @param unit a unit
     * @return Var(raw estimate | theta)
     */
    double samplingVariance(double theta, int unit);
}
