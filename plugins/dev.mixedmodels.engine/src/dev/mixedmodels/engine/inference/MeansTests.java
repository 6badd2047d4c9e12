package dev.mixedmodels.engine.inference;

/**
 * How least-squares means are tested.
 *
 * @param adjustment of the p-values of differences and contrasts
 * @param confidence confidence level in (0, 1) of each interval
 * @param simultaneous whether the intervals of differences and contrasts hold together with that confidence
 * @param alternative of all tests; one-sided ones have intervals with one bound
 * @param nullMean what means and slopes are by the hypothesis
 * @param nullDifference what differences and contrasts are by the hypothesis
 */
public record MeansTests(Adjustment adjustment, double confidence, boolean simultaneous, Alternative alternative,
    double nullMean, double nullDifference) {

    /**
     * Two-sided tests against 0, single intervals.
     *
     * @param adjustment of the p-values of differences
     * @param confidence confidence level in (0, 1)
     * @return these tests
     */
    public static MeansTests of(final Adjustment adjustment, final double confidence) {
        return new MeansTests(adjustment, confidence, false, Alternative.TWO_SIDED, 0, 0);
    }
}
