package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.inference.SettingChecks;
import dev.mixedmodels.engine.numeric.Tail;
import java.io.Serializable;
import java.util.Set;

/**
 * What to fit and what to report.
 *
 * @param family what is observed
 * @param prior form of the prior
 * @param estimator how it is estimated
 * @param givenTau2 prior variance for {@link PriorEstimator#GIVEN}, not negative; else NaN
 * @param givenMean prior mean, with {@link PriorEstimator#GIVEN} only; NaN to estimate it
 * @param posteriorVariance how posterior variances are computed
 * @param dfMethod reference distribution of the mean's coefficients
 * @param intervals of the prior's parameters
 * @param confidence confidence level in (0, 1), of posterior intervals too
 * @param threshold for P(theta &gt; threshold), on the scale of display; NaN for none
 * @param ranks whether posterior ranks are computed
 * @param display scale of the shrinkage estimates
 * @param ratePer factor of {@link Display#RATE_PER}
 * @param seed of simulations
 * @param replicates of the bootstrap
 * @param marginal whether there are posterior means without any prior, from the distribution of the data alone
 */
public record EmpiricalBayesSettings(Family family, Prior prior, PriorEstimator estimator, double givenTau2,
    double givenMean, PosteriorVariance posteriorVariance, DfMethod dfMethod, Intervals intervals, double confidence,
    double threshold, boolean ranks, Display display, double ratePer, long seed, int replicates,
    MarginalSource marginal) implements Serializable {
    /** The methods of degrees of freedom that this model has. */
    public static final Set<DfMethod> DF_METHODS = Set.of(DfMethod.ASYMPTOTIC,
        DfMethod.KNAPP_HARTUNG, DfMethod.KNAPP_HARTUNG_AD_HOC);

    /** Form of the prior. */
    public enum Prior {
        /** Normal, gamma or beta. */
        PARAMETRIC,
        /** Any distribution: nonparametric maximum likelihood. */
        NONPARAMETRIC
    }

    /** Intervals of the prior's parameters. */
    public enum Intervals {
        /** Profile likelihood for ML and REML, generalised Q statistic for moment estimators. */
        PROFILE,
        /** Estimate and standard error. */
        WALD,
        /** None. */
        NONE
    }

    /** Scale on which the shrinkage estimates are shown. */
    public enum Display {
        /** As estimated. */
        AS_IS,
        /** Times a number: deaths per 100,000. */
        RATE_PER,
        /** Estimates are arc sines of roots of proportions: sin^2. */
        ARCSINE
    }

    /**
     * Checks what can be checked without data.
     *
     * @throws ModelException if a setting is out of its range or contradicts another
     */
    public EmpiricalBayesSettings {
        marginal = marginal == null ? MarginalSource.NONE : marginal; // of models stored before there were any
        SettingChecks.confidenceLevel(100 * confidence);
        SettingChecks.degreesOfFreedom(dfMethod, DF_METHODS, "REML");
        require(estimator.fits(family), "The estimator \"" + estimator + "\" does not exist for the kind of data \""
            + family + (family == Family.GAUSSIAN ? "\"; choose \"REML\", \"ML\" or \"DerSimonian-Laird\"."
                : "\"; choose \"ML\" or \"Moments\"."));
        if (estimator == PriorEstimator.GIVEN) {
            require(givenTau2 >= 0 && givenTau2 < Double.POSITIVE_INFINITY,
                "The estimator \"Given\" needs a number of at least 0 under \"Given prior variance\".");
            family.requirePossible(givenTau2, givenMean);
        } else {
            require(Double.isNaN(givenMean), "\"Given prior mean\" is used with the estimator \"Given\" only; leave "
                + "it empty.");
        }
        final boolean gaussianOnly = posteriorVariance == PosteriorVariance.MORRIS
            || posteriorVariance == PosteriorVariance.PRASAD_RAO;
        require(!gaussianOnly || family == Family.GAUSSIAN, "The posterior variance \"" + posteriorVariance
            + "\" is for the kind of data \"Estimates with standard errors\"; choose \"Kass-Steffey\", \"Bootstrap\" or"
            + " \"Naive\".");
        if (prior == Prior.NONPARAMETRIC) {
            require(estimator == PriorEstimator.DEFAULT || estimator == PriorEstimator.ML,
                "A nonparametric prior is estimated by maximum likelihood; choose the estimator \"ML\".");
            require(posteriorVariance == PosteriorVariance.DEFAULT || posteriorVariance == PosteriorVariance.NAIVE
                || posteriorVariance == PosteriorVariance.BOOTSTRAP,
                "With a nonparametric prior the posterior variance must be \"Naive\" or \"Bootstrap\".");
        }
        require(display != Display.RATE_PER || ratePer > 0 && ratePer < Double.POSITIVE_INFINITY,
            "\"Rates per\" must be a positive and finite number.");
        require(display != Display.ARCSINE || family == Family.GAUSSIAN,
            "The scale \"Arcsine back-transform\" is for the kind of data \"Estimates with standard errors\"; counts "
                + "give proportions already.");
        require(marginal == MarginalSource.NONE || family != Family.BETA_BINOMIAL,
            "Robbins and Tweedie estimates do not exist for successes among trials. Choose none.");
        require(marginal != MarginalSource.OBSERVED || family == Family.POISSON_GAMMA,
            "Observed frequencies are for counts; for estimates with standard errors choose the smoothed density.");
        require(!Double.isInfinite(threshold), "\"Threshold\" must be a finite number.");
        require(replicates >= 2, "\"Bootstrap samples\" must be at least 2; 200 or more are recommended.");
    }

    /**
     * @param tau2 another given prior variance
     * @param mean another given prior mean
     * @return the same with these
     */
    EmpiricalBayesSettings withGiven(final double tau2, final double mean) {
        return new EmpiricalBayesSettings(family, prior, estimator, tau2, mean, posteriorVariance, dfMethod, intervals,
            confidence, threshold, ranks, display, ratePer, seed, replicates, marginal);
    }

    /**
     * From the standard error on the log scale, by the delta method: estimate exp(-+ z se / estimate).
     *
     * @param estimate an estimate of a positive parameter
     * @param stdError its standard error
     * @return the interval; none where the estimate is 0 or infinite
     */
    ProfileBounds wald(final double estimate, final double stdError) {
        final double factor = Math.exp(Tail.normalQuantile((1 - confidence) / 2) * stdError / estimate);
        return estimate > 0 && estimate < Double.POSITIVE_INFINITY
            ? new ProfileBounds(estimate / factor, estimate * factor) : ProfileBounds.NONE;
    }

    static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new ModelException(message);
        }
    }

    /**
     * @param family what is observed
     * @return settings with the defaults for it, to be changed
     */
    public static Builder builder(final Family family) {
        return new Builder(family);
    }

    /** Settings under construction; every method returns this. */
    public static final class Builder {
        private final Family family;
        private Prior prior = Prior.PARAMETRIC;
        private PriorEstimator estimator = PriorEstimator.DEFAULT;
        private double givenTau2 = Double.NaN;
        private double givenMean = Double.NaN;
        private PosteriorVariance posteriorVariance = PosteriorVariance.DEFAULT;
        private DfMethod dfMethod = DfMethod.ASYMPTOTIC;
        private Intervals intervals = Intervals.PROFILE;
        private double confidence = 0.95;
        private double threshold = Double.NaN;
        private boolean ranks;
        private Display display = Display.AS_IS;
        private double ratePer = 1;
        private long seed = 1;
        private int replicates = 200;
        private MarginalSource marginal = MarginalSource.NONE;

        private Builder(final Family family) {
            this.family = family;
        }

        /**
         * @param value form of the prior
         * @return this
         */
        public Builder prior(final Prior value) {
            prior = value;
            return this;
        }

        /**
         * @param value how the prior is estimated
         * @return this
         */
        public Builder estimator(final PriorEstimator value) {
            estimator = value;
            return this;
        }

        /**
         * Takes the prior as given.
         *
         * @param tau2 prior variance
         * @param mean prior mean, NaN to estimate it
         * @return this
         */
        public Builder given(final double tau2, final double mean) {
            estimator = PriorEstimator.GIVEN;
            givenTau2 = tau2;
            givenMean = mean;
            return this;
        }

        /**
         * @param value how posterior variances are computed
         * @return this
         */
        public Builder posteriorVariance(final PosteriorVariance value) {
            posteriorVariance = value;
            return this;
        }

        /**
         * @param value reference distribution of the mean's coefficients
         * @return this
         */
        public Builder dfMethod(final DfMethod value) {
            dfMethod = value;
            return this;
        }

        /**
         * @param value intervals of the prior's parameters
         * @return this
         */
        public Builder intervals(final Intervals value) {
            intervals = value;
            return this;
        }

        /**
         * @param value confidence level in (0, 1)
         * @return this
         */
        public Builder confidence(final double value) {
            confidence = value;
            return this;
        }

        /**
         * @param value threshold for the probability of exceeding it, NaN for none
         * @return this
         */
        public Builder threshold(final double value) {
            threshold = value;
            return this;
        }

        /**
         * @param value whether posterior ranks are computed
         * @return this
         */
        public Builder ranks(final boolean value) {
            ranks = value;
            return this;
        }

        /**
         * @param scale scale of the shrinkage estimates
         * @param per factor of {@link Display#RATE_PER}
         * @return this
         */
        public Builder display(final Display scale, final double per) {
            display = scale;
            ratePer = per;
            return this;
        }

        /**
         * @param start seed of simulations
         * @param count replicates of the bootstrap
         * @return this
         */
        public Builder simulation(final long start, final int count) {
            seed = start;
            replicates = count;
            return this;
        }

        /**
         * @param value whether there are posterior means from the distribution of the data alone
         * @return this
         */
        public Builder marginal(final MarginalSource value) {
            marginal = value;
            return this;
        }

        /**
         * @return the settings
         * @throws ModelException if a setting is out of its range or contradicts another
         */
        public EmpiricalBayesSettings build() {
            return new EmpiricalBayesSettings(family, prior, estimator, givenTau2, givenMean, posteriorVariance,
                dfMethod, intervals, confidence, threshold, ranks, display, ratePer, seed, replicates, marginal);
        }
    }
}
