package dev.mixedmodels.engine.model;

import java.util.Arrays;

/**
 * How the predicted effects of units of two grouping factors go together: Cov(b_first, b_second | y), all parameters
 * known.
 *
 * @param other index of the second factor among those of the model
 * @param start for each unit of the first factor the place of its first pair, and the number of pairs at the end
 * @param units units of the second factor, rising for each of the first
 * @param covariances of each pair, q_first x q_second
 */
public record StoredPairs(int other, int[] start, int[] units, double[] covariances) {
    /** Collects pairs that come in order. */
    public static final class Builder {
        private final int size;
        private final int[] start;
        private int[] units = new int[16];
        private double[] covariances;
        private int count;

        /**
         * @param firstUnits number of units of the first factor
         * @param size q_first times q_second
         */
        public Builder(final int firstUnits, final int size) {
            this.size = size;
            start = new int[firstUnits + 1];
            covariances = new double[16 * size];
        }

        /**
         * @param first unit of the first factor
         * @param second unit of the second factor
         * @param covariance q_first x q_second
         */
        public void put(final int first, final int second, final double[][] covariance) {
            if (count == units.length) {
                units = Arrays.copyOf(units, 2 * count);
                covariances = Arrays.copyOf(covariances, Math.multiplyExact(2 * count, size));
            }
            units[count] = second;
            int at = count * size;
            for (final double[] row : covariance) {
                System.arraycopy(row, 0, covariances, at, row.length);
                at += row.length;
            }
            count++;
            start[first + 1] = count;
        }

        /**
         * @param other index of the second factor
         * @return the pairs
         */
        public StoredPairs build(final int other) {
            for (int i = 1; i < start.length; i++) {
                start[i] = Math.max(start[i], start[i - 1]);
            }
            return new StoredPairs(other, start, Arrays.copyOf(units, count),
                Arrays.copyOf(covariances, count * size));
        }
    }

    /**
     * @param first unit of the first factor
     * @param second unit of the second factor
     * @return index of the pair; negative if it is not known
     */
    public int find(final int first, final int second) {
        return Arrays.binarySearch(units, start[first], start[first + 1], second);
    }
}
