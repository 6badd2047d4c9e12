package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.Warnings;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The mean of the response over time: least-squares means at times over the whole range, of the levels of the first
 * factor with few levels, or of all together.
 */
public final class MeanCourse {
    private static final int POINTS = 25;
    private static final int MOST_LEVELS = 6;

    private MeanCourse() {
    }

    /**
     * @param design the design
     * @param time the time column; null for none
     * @return means, time by time; none where the mean of the model does not depend on a numeric time
     */
    public static List<MeansContrast> of(final ModelDesign design, final String time) {
        final FixedDesign fixed = design.fixed();
        final List<String> factors = fixed.factors();
        if (time == null || factors.contains(time) || !fixed.numbers().contains(time)) {
            return List.of();
        }
        final List<String> by = factors.stream().filter(f -> fixed.table().factor(f).size() <= MOST_LEVELS).limit(1)
            .toList();
        final At times = new At.Values(time, grid(design.summary(time).quantiles()));
        return LeastSquaresMeans.of(fixed, new MeansRequest(by, List.of(times), null, MeansWeights.EQUAL,
            MeansRequest.Comparison.NONE, null, List.of()), new Warnings());
    }

    private static double[] grid(final double[] quantiles) {
        final double low = quantiles[0];
        final double range = quantiles[quantiles.length - 1] - low;
        return IntStream.range(0, POINTS).mapToDouble(i -> low + range * i / (POINTS - 1)).distinct().toArray();
    }
}
