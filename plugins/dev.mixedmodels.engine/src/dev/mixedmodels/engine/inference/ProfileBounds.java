package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Tail;
import java.util.function.DoubleUnaryOperator;

/**
 * A profile-likelihood interval: the values at which the profiled -2 log likelihood exceeds its minimum by no more than
 * the quantile of chi2(1).
 * <p>
 * The mathematics: doc/profile.md beside the sources.
 *
 * @param lower lower bound, the limit of the parameter space where the likelihood allows it
 * @param upper upper bound, likewise
 */
public record ProfileBounds(double lower, double upper) {
    /**
     * @param excess profiled -2 log likelihood at a value of the parameter, less the minimum; NaN where there is none,
     *            infinite where the likelihood is 0
     * @param estimate where excess is 0
     * @param least lower limit of the parameter, possibly -infinity
     * @param most upper limit of the parameter, possibly infinity
     * @param step about a standard error, positive; it only sets the search off
     * @param confidence confidence level in (0, 1)
     * @return the bounds; NaN where none is found
     */
    public static ProfileBounds of(final DoubleUnaryOperator excess, final double estimate, final double least,
        final double most, final double step, final double confidence) {
        final double target = Math.sqrt(Tail.chiSquareQuantile(1 - confidence, 1));
        return new ProfileBounds(new BoundSearch(excess, estimate, least, target).from(-step),
            new BoundSearch(excess, estimate, most, target).from(step));
    }
}
