package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.IncompleteBeta;
import dev.mixedmodels.engine.numeric.IncompleteGamma;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.numeric.Tail;

/** Distribution of a unit's theta. A distribution with variance 0 is a point. */
interface Posterior {
    /**
     * @return E(theta)
     */
    double mean();

    /**
     * @return Var(theta)
     */
    double variance();

    /**
     * @param p probability in (0, 1)
     * @return theta with P(Theta &lt;= theta) = p
     */
    double quantile(double p);

    /**
     * @param tail probability outside on each side
     * @param z normal quantile of that upper tail, found once for all units
     * @return equal-tailed interval
     */
    default ProfileBounds interval(final double tail, final double z) {
        return new ProfileBounds(quantile(tail), quantile(1 - tail));
    }

    /**
     * @param theta any number
     * @return P(Theta &gt; theta)
     */
    double upperTail(double theta);

    /**
     * @param sampler source of random numbers
     * @return a draw
     */
    double draw(Sampler sampler);

    /**
     * @param mean another mean
     * @param variance another variance
     * @return the distribution of this kind with these moments
     */
    Posterior withMoments(double mean, double variance);

    /**
     * Normal distribution.
     *
     * @param mean its mean
     * @param variance its variance
     */
    record Normal(double mean, double variance) implements Posterior {
        @Override
        public double quantile(final double p) {
            return mean - Tail.normalQuantile(p) * Math.sqrt(variance);
        }

        @Override
        public ProfileBounds interval(final double tail, final double z) {
            final double half = z * Math.sqrt(variance);
            return new ProfileBounds(mean - half, mean + half);
        }

        @Override
        public double upperTail(final double theta) {
            return variance == 0 ? point(mean, theta) : Tail.normal((theta - mean) / Math.sqrt(variance));
        }

        @Override
        public double draw(final Sampler sampler) {
            return mean + Math.sqrt(variance) * sampler.normal();
        }

        @Override
        public Posterior withMoments(final double otherMean, final double otherVariance) {
            return new Normal(otherMean, otherVariance);
        }
    }

    /**
     * Gamma distribution.
     *
     * @param mean its mean
     * @param shape its shape, infinite for a point
     */
    record Gamma(double mean, double shape) implements Posterior {
        /** No variance: the shape is infinite, or 0 / 0 for a point at 0. */
        private boolean isPoint() {
            return !(shape < Double.POSITIVE_INFINITY);
        }

        @Override
        public double variance() {
            return isPoint() ? 0 : mean * mean / shape;
        }

        @Override
        public double quantile(final double p) {
            return isPoint() ? mean : IncompleteGamma.quantile(shape, p) / shape * mean;
        }

        @Override
        public double upperTail(final double theta) {
            return isPoint() ? point(mean, theta)
                : IncompleteGamma.upper(shape, Math.max(0, theta) / mean * shape);
        }

        @Override
        public double draw(final Sampler sampler) {
            return isPoint() ? mean : sampler.gamma(shape) / shape * mean;
        }

        @Override
        public Posterior withMoments(final double otherMean, final double otherVariance) {
            return of(otherMean, otherVariance);
        }

        static Gamma of(final double mean, final double variance) {
            return new Gamma(mean, mean * mean / variance);
        }
    }

    /**
     * Beta distribution.
     *
     * @param mean its mean
     * @param size sum of its shapes, infinite for a point
     */
    record Beta(double mean, double size) implements Posterior {
        /** No variance: the size is infinite, or 0 / 0 for a point at 0 or 1. */
        private boolean isPoint() {
            return !(size < Double.POSITIVE_INFINITY);
        }

        @Override
        public double variance() {
            return isPoint() ? 0 : mean * (1 - mean) / (size + 1);
        }

        @Override
        public double quantile(final double p) {
            return isPoint() ? mean : quantile(size * mean, size * (1 - mean), p);
        }

        /** Quantile of the distribution with the shapes a and b. */
        static double quantile(final double a, final double b, final double p) {
            return 1 / (1 + 1 / IncompleteBeta.quantile(a, b, p));
        }

        @Override
        public double upperTail(final double theta) {
            if (isPoint() || theta <= 0 || theta >= 1) {
                return point(Math.min(1, Math.max(0, mean)), theta);
            }
            return IncompleteBeta.ratio(size * (1 - mean), size * mean, (1 - theta) / theta);
        }

        @Override
        public double draw(final Sampler sampler) {
            return isPoint() ? mean : sampler.beta(size * mean, size * (1 - mean));
        }

        @Override
        public Posterior withMoments(final double otherMean, final double otherVariance) {
            return of(otherMean, otherVariance);
        }

        /** A corrected variance may exceed what a beta distribution of this mean can have. */
        static Beta of(final double mean, final double variance) {
            return new Beta(mean, Math.max(mean * (1 - mean) / variance - 1, Double.MIN_NORMAL));
        }
    }

    /** P(X &gt; theta) for X = at. */
    private static double point(final double at, final double theta) {
        return at > theta ? 1 : 0;
    }
}
