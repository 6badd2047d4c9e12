package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Sampler;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Posterior ranks, 1 the smallest theta: all thetas are drawn from their posteriors together, again and again, and
 * ranked; ties share the average. Source: Laird &amp; Louis (1989) J. Educ. Stat. 14:29-46; Shen &amp; Louis (1998).
 */
final class Ranks implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Joint draws; an expected rank has a Monte Carlo error of at most the rank's deviation over 44. */
    static final int DRAWS = 2000;
    static final int MAX_UNITS = 10_000;
    /** Of a unit that is not ranked. */
    static final double[] NONE = {Double.NaN, Double.NaN, Double.NaN};

    private final double[] expected;
    private final double[] lower;
    private final double[] upper;

    /**
     * @param k number of units
     * @param posteriors posterior of each unit
     * @param confidence level of the intervals
     * @param seed of the simulation
     * @param progress asked whether to go on
     * @throws ModelException if there are too many units
     */
    Ranks(final int k, final IntFunction<Posterior> posteriors, final double confidence, final long seed,
        final Progress progress) {
        if (k > MAX_UNITS) {
            throw new ModelException("Posterior ranks are computed for at most " + MAX_UNITS + " units; there are " + k
                + ". Switch the ranks off.");
        }
        expected = new double[k];
        lower = new double[k];
        upper = new double[k];
        final Posterior[] posterior = new Posterior[k];
        Arrays.setAll(posterior, posteriors::apply);
        final Sampler sampler = new Sampler(seed);
        final float[][] ranks = new float[k][DRAWS];
        final double[] theta = new double[k];
        for (int draw = 0; draw < DRAWS; draw++) {
            progress.check();
            for (int i = 0; i < k; i++) {
                theta[i] = posterior[i].draw(sampler);
            }
            final double[] sorted = theta.clone();
            Arrays.sort(sorted);
            for (int i = 0; i < k; i++) {
                final int first = edge(sorted, theta[i], false);
                final int last = edge(sorted, theta[i], true);
                ranks[i][draw] = (first + 1 + last) / 2f;
                expected[i] += ranks[i][draw];
            }
        }
        final double tail = (1 - confidence) / 2;
        for (int i = 0; i < k; i++) {
            expected[i] /= DRAWS;
            Arrays.sort(ranks[i]);
            lower[i] = ranks[i][(int) Math.floor(tail * (DRAWS - 1))];
            upper[i] = ranks[i][(int) Math.ceil((1 - tail) * (DRAWS - 1))];
        }
    }

    /** Number of entries below x, or below and at x. */
    private static int edge(final double[] sorted, final double x, final boolean inclusive) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (sorted[middle] < x || inclusive && sorted[middle] == x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Expected rank of a unit and its bounds. */
    double[] of(final int unit) {
        return new double[] {expected[unit], lower[unit], upper[unit]};
    }
}
