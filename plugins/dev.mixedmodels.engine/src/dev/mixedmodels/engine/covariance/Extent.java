package dev.mixedmodels.engine.covariance;

import java.util.Arrays;
import org.apache.commons.math3.util.KthSelector;

/**
 * On which scale rows of a subject lie: what bounds and starts of a correlation go by.
 *
 * @param maxRows the largest number of rows of a subject
 * @param shortest shortest positive distance between rows of a subject
 * @param typical median distance of rows from the nearest one, in time from the one before
 * @param longest longest distance between rows of a subject
 */
public record Extent(int maxRows, double shortest, double typical, double longest) {
    /** Of rows whose places play no part. */
    public static final Extent NONE = new Extent(1, 1, 1, 1);

    /**
     * @param starts index of each subject's first row, and the number of rows at the end
     * @param positions coordinates, each of all rows; in one dimension in rising order within subjects; none if they
     *            play no part
     * @return the extent; distances of 1 where there are none
     */
    public static Extent of(final int[] starts, final double[][] positions) {
        int maxRows = 0;
        double shortest = Double.POSITIVE_INFINITY;
        double longest = 0;
        final double[] nearest = new double[starts[starts.length - 1]];
        int count = 0;
        for (int s = 0; s + 1 < starts.length; s++) {
            maxRows = Math.max(maxRows, starts[s + 1] - starts[s]);
            for (int i = starts[s]; i < starts[s + 1] && positions.length > 0; i++) {
                double least = Double.POSITIVE_INFINITY;
                // in one dimension the row before is near enough, and the first one the farthest
                final boolean line = positions.length == 1;
                for (int j = line ? Math.max(starts[s], i - 1) : starts[s]; j < (line ? i : starts[s + 1]); j++) {
                    final double distance = DistancePoint.distance(positions, i, j);
                    least = distance > 0 ? Math.min(least, distance) : least;
                    longest = Math.max(longest, line ? DistancePoint.distance(positions, i, starts[s]) : distance);
                }
                if (least < Double.POSITIVE_INFINITY) {
                    nearest[count++] = least;
                    shortest = Math.min(shortest, least);
                }
            }
        }
        if (count == 0) {
            return new Extent(maxRows, 1, 1, 1);
        }
        return new Extent(maxRows, shortest, new KthSelector().select(Arrays.copyOf(nearest, count), null, count / 2), longest);
    }
}
