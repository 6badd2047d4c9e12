package dev.mixedmodels.engine.empiricalbayes;

import java.util.Arrays;

/**
 * The different values of an array with their numbers of occurrences, in rising order: terms of a likelihood that
 * depend on a count alone are computed once for each count.
 */
final class DistinctValues {
    private final double[] values;
    private final int[] multiplicities;
    private final int size;

    private DistinctValues(final double[] values, final int[] multiplicities, final int size) {
        this.values = values;
        this.multiplicities = multiplicities;
        this.size = size;
    }

    static DistinctValues of(final double[] x) {
        final double[] sorted = x.clone();
        Arrays.sort(sorted);
        final int[] multiplicities = new int[sorted.length];
        int size = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (size == 0 || sorted[i] != sorted[size - 1]) {
                sorted[size++] = sorted[i];
            }
            multiplicities[size - 1]++;
        }
        return new DistinctValues(Arrays.copyOf(sorted, size), Arrays.copyOf(multiplicities, size), size);
    }

    int size() {
        return size;
    }

    double value(final int index) {
        return values[index];
    }

    int multiplicity(final int index) {
        return multiplicities[index];
    }

    boolean isOnly(final double value) {
        return size == 1 && values[0] == value;
    }
}
