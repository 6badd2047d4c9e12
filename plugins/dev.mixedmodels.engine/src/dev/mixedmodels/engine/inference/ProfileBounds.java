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
    /** Bounds that do not exist. */
    public static final ProfileBounds NONE = new ProfileBounds(Double.NaN, Double.NaN);

    /**
     * @param profile the profile
     * @param estimate where its excess is 0
     * @param least lower limit of the parameter, possibly -infinity
     * @param most upper limit of the parameter, possibly infinity
     * @param step about a standard error, positive; it only sets the search off
     * @param confidence confidence level in (0, 1)
     * @return the bounds; NaN where none is found
     */
    public static ProfileBounds along(final Profile profile, final double estimate, final double least,
        final double most, final double step, final double confidence) {
        final double target = Math.sqrt(Tail.chiSquareQuantile(1 - confidence, 1));
        return new ProfileBounds(new BoundSearch(profile, estimate, least, target).from(-step),
            new BoundSearch(profile, estimate, most, target).from(step));
    }

    /**
     * @param factor of the parameter's unit
     * @return the same in other units
     */
    public ProfileBounds times(final double factor) {
        return new ProfileBounds(lower * factor, upper * factor);
    }

    /**
     * The same from a profile whose slope is unknown.
     *
     * @param excess of the profile at a value of the parameter
     * @param estimate where it is 0
     * @param least lower limit of the parameter, possibly -infinity
     * @param most upper limit of the parameter, possibly infinity
     * @param step about a standard error, positive
     * @param confidence confidence level in (0, 1)
     * @return the bounds; NaN where none is found
     */
    public static ProfileBounds of(final DoubleUnaryOperator excess, final double estimate, final double least,
        final double most, final double step, final double confidence) {
        return along(x -> new Profile.Point(excess.applyAsDouble(x), Double.NaN), estimate, least, most, step, confidence);
    }
}
