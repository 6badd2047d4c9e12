package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.numeric.IncompleteBeta;
import dev.mixedmodels.engine.numeric.IncompleteGamma;
import java.util.function.DoubleUnaryOperator;

/**
 * A further count of a unit: Poisson with mean theta n, or binomial with n trials, over the distribution of theta. Of a
 * gamma distribution it is negative binomial, of a beta distribution beta-binomial.
 */
record FurtherCount(Family family, double n) {
    /**
     * Standard deviation of a beta-binomial count beyond which its steps are not told apart: it is as theta with the
     * variance of the observation added, which its skewness, of the order of the inverse, differs from.
     */
    private static final double WIDE = 1e4;
    /** So many standard deviations from the mean hold all but 1e-4 of any distribution, and mostly all. */
    private static final double REACH = 100;

    /**
     * @param theta distribution of the rate or probability
     * @param family of counts
     * @param n exposure or trials
     * @param tail probability that is at most outside on each side
     * @return bounds of the count over n; none without a positive n
     */
    static ProfileBounds over(final Posterior theta, final Family family, final double n, final double tail) {
        if (!(n > 0 && n < Double.POSITIVE_INFINITY)) {
            return ProfileBounds.NONE;
        }
        final ProfileBounds counts = new FurtherCount(family, n).bounds(theta, tail);
        return new ProfileBounds(counts.lower() / n, counts.upper() / n);
    }

    private ProfileBounds bounds(final Posterior theta, final double tail) {
        final double mean = theta.mean();
        final double within = family == Family.POISSON_GAMMA ? mean : mean * (1 - mean) - theta.variance();
        final double deviation = n * Math.sqrt(theta.variance() + within / n);
        if (theta instanceof Posterior.Beta beta && theta.variance() > 0) {
            if (deviation > WIDE) {
                final Posterior wide = theta.withMoments(mean, theta.variance() + within / n);
                return new ProfileBounds(n * wide.quantile(tail), n * wide.quantile(1 - tail));
            }
            return betaBinomial(beta, deviation, tail);
        }
        final DoubleUnaryOperator upTo = k -> upTo(k, theta);
        return new ProfileBounds(least(upTo, n * mean, deviation, tail), least(upTo, n * mean, deviation, 1 - tail));
    }

    /** P(Y &lt;= k). */
    private double upTo(final double k, final Posterior theta) {
        if (theta instanceof DiscretePosterior discrete) {
            double sum = 0;
            for (int j = 0; j < discrete.points().length; j++) {
                sum += discrete.probabilities()[j] * upTo(k, discrete.points()[j]);
            }
            return sum;
        }
        return theta instanceof Posterior.Gamma gamma && gamma.variance() > 0
            ? IncompleteBeta.ratio(gamma.shape(), k + 1, gamma.shape() / (gamma.mean() * n)) : upTo(k, theta.mean());
    }

    private double upTo(final double k, final double theta) {
        if (family == Family.POISSON_GAMMA) {
            return theta == 0 ? 1 : IncompleteGamma.upper(k + 1, theta * n);
        }
        return k >= n ? 1 : IncompleteBeta.ratio(n - k, k + 1, (1 - theta) / theta);
    }

    /** The least k with P(Y &lt;= k) of at least p. */
    private static double least(final DoubleUnaryOperator upTo, final double mean, final double deviation,
        final double p) {
        double low = -1;
        double high = Math.ceil(mean);
        for (double step = 1 + Math.ceil(deviation); upTo.applyAsDouble(high) < p; step *= 2) {
            low = high;
            high += step;
        }
        while (true) {
            final double middle = Math.floor(low + (high - low) / 2);
            if (middle <= low || middle >= high) {
                return high;
            }
            if (upTo.applyAsDouble(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /** By its probabilities, each from the one before. */
    private ProfileBounds betaBinomial(final Posterior.Beta theta, final double deviation, final double tail) {
        final double a = theta.size() * theta.mean();
        final double b = theta.size() * (1 - theta.mean());
        final double low = Math.max(0, Math.floor(n * theta.mean() - REACH * deviation));
        final double high = Math.min(n, Math.ceil(n * theta.mean() + REACH * deviation));
        final double[] probabilities = new double[(int) (high - low) + 1];
        double largest = 0;
        for (int i = 1; i < probabilities.length; i++) {
            final double k = low + i;
            probabilities[i] = probabilities[i - 1] + Math.log((n - k + 1) / k) + Math.log((a + k - 1) / (b + n - k));
            largest = Math.max(largest, probabilities[i]);
        }
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            sum += Math.exp(probabilities[i] - largest);
            probabilities[i] = sum;
        }
        return new ProfileBounds(low + place(probabilities, tail * sum), low + place(probabilities, (1 - tail) * sum));
    }

    private static int place(final double[] sums, final double wanted) {
        int k = 0;
        while (k < sums.length - 1 && sums[k] < wanted) {
            k++;
        }
        return k;
    }
}
