package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Rows;
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
        final At times = new At.Values(time, grid(design.rows().frame().numeric(time), design.rows().fitted()));
        return LeastSquaresMeans.of(fixed, new MeansRequest(by, List.of(times), null, MeansWeights.EQUAL,
            MeansRequest.Comparison.NONE, null, List.of()), new Warnings());
    }

    private static double[] grid(final Column time, final Rows rows) {
        final double[] range = IntStream.range(0, rows.size()).mapToDouble(i -> time.value(rows.row(i)))
            .collect(() -> new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}, (r, v) -> {
                r[0] = Math.min(r[0], v);
                r[1] = Math.max(r[1], v);
            }, (a, b) -> {
                a[0] = Math.min(a[0], b[0]);
                a[1] = Math.max(a[1], b[1]);
            });
        return IntStream.range(0, POINTS)
            .mapToDouble(i -> range[0] + (range[1] - range[0]) * i / (POINTS - 1))
            .distinct().toArray();
    }
}
