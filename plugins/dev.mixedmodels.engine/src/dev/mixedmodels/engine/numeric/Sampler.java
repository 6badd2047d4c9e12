package dev.mixedmodels.engine.numeric;

import java.util.SplittableRandom;

/**
 * Random numbers of the distributions that simulation needs, reproducible from a seed on every platform; the only
 * source of random numbers in the engine. Seeds are settings of the nodes, 1 unless told otherwise.
 * <p>
 * Sources: normal by Marsaglia's polar method; gamma by Marsaglia &amp; Tsang (2000) ACM TOMS 26:363-372; Poisson and
 * binomial by splitting at an order statistic, Ahrens &amp; Dieter (1974) Computing 12:223-246, which needs no more
 * than about log n gamma variates however large the count.
 */
public final class Sampler {
    /** Counts up to here are drawn one event at a time. */
    private static final double FEW = 24;

    private final SplittableRandom random;
    private double spare = Double.NaN;

    /**
     * @param seed any number; the same seed gives the same sequence
     */
    public Sampler(final long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * @param seed of a simulation
     * @param replicate its number in it, from 0
     * @return the random numbers of that replicate, which depend on no other: replicates may run in any order
     */
    public static Sampler ofReplicate(final long seed, final int replicate) {
        return new Sampler(new SplittableRandom(seed + replicate).nextLong());
    }

    /**
     * @return uniform on [0, 1)
     */
    public double uniform() {
        return random.nextDouble();
    }

    /**
     * @return standard normal
     */
    public double normal() {
        if (!Double.isNaN(spare)) {
            final double z = spare;
            spare = Double.NaN;
            return z;
        }
        double u;
        double v;
        double s;
        do {
            u = 2 * random.nextDouble() - 1;
            v = 2 * random.nextDouble() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        final double factor = Math.sqrt(-2 * Math.log(s) / s);
        spare = v * factor;
        return u * factor;
    }

    /**
     * @param shape positive
     * @return gamma with unit rate; 0 where that is smaller than any double
     */
    public double gamma(final double shape) {
        return Math.exp(logGamma(shape));
    }

    /**
     * @param a first shape, positive
     * @param b second shape, positive
     * @return beta
     */
    public double beta(final double a, final double b) {
        return 1 / (1 + Math.exp(logGamma(b) - logGamma(a)));
    }

    /** Logarithm of a gamma variate, which does not underflow for small shapes: G(a) = G(a + 1) U^(1/a). */
    private double logGamma(final double shape) {
        if (shape < 1) {
            return logGamma(shape + 1) + Math.log(1 - random.nextDouble()) / shape;
        }
        final double d = shape - 1.0 / 3;
        final double c = 1 / Math.sqrt(9 * d);
        while (true) {
            final double z = normal();
            final double root = 1 + c * z;
            if (root > 0) {
                final double v = root * root * root;
                if (Math.log(1 - random.nextDouble()) < 0.5 * z * z + d * (1 - v + Math.log(v))) {
                    return Math.log(d * v);
                }
            }
        }
    }

    /**
     * @param mean not negative
     * @return Poisson
     */
    public double poisson(final double mean) {
        double count = 0;
        double rest = mean;
        while (rest > FEW) {
            final double m = Math.floor(rest * 7 / 8);
            final double time = gamma(m); // of the m-th event
            if (time > rest) {
                return count + binomial(m - 1, rest / time);
            }
            count += m;
            rest -= time;
        }
        for (double product = 1 - random.nextDouble(); product > Math.exp(-rest); count++) {
            product *= 1 - random.nextDouble();
        }
        return count;
    }

    /**
     * @param trials a whole number, not negative
     * @param probability in [0, 1]
     * @return binomial
     */
    public double binomial(final double trials, final double probability) {
        double count = 0;
        double n = trials;
        double p = probability;
        while (n > FEW) {
            final double i = Math.floor((n + 1) / 2);
            final double median = beta(i, n + 1 - i); // the i-th smallest of n uniforms
            if (median <= p) {
                count += i;
                n -= i;
                p = (p - median) / (1 - median);
            } else {
                n = i - 1;
                p /= median;
            }
        }
        for (int i = 0; i < n; i++) {
            if (random.nextDouble() < p) {
                count++;
            }
        }
        return count;
    }
}
