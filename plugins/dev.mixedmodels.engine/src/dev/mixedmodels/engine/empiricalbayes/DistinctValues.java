package dev.mixedmodels.engine.empiricalbayes;

import java.io.Serializable;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * The different values of an array with their numbers of occurrences, in rising order: terms of a likelihood that
 * depend on a count alone are computed once for each count.
 */
record DistinctValues(double[] values, double[] multiplicities, int size) implements Serializable {
    /**
     * @param x values
     * @param frequencies how often each occurs; null for once
     * @return those that occur
     */
    static DistinctValues of(final double[] x, final double[] frequencies) {
        if (frequencies != null) {
            return tabulated(x, frequencies);
        }
        final double[] sorted = x.clone();
        Arrays.sort(sorted);
        final double[] multiplicities = new double[sorted.length];
        int size = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (size == 0 || sorted[i] != sorted[size - 1]) {
                sorted[size++] = sorted[i];
            }
            multiplicities[size - 1]++;
        }
        return new DistinctValues(Arrays.copyOf(sorted, size), Arrays.copyOf(multiplicities, size), size);
    }

    private static DistinctValues tabulated(final double[] x, final double[] frequencies) {
        final TreeMap<Double, Double> table = new TreeMap<>();
        for (int i = 0; i < x.length; i++) {
            if (frequencies[i] > 0) {
                table.merge(x[i], frequencies[i], Double::sum);
            }
        }
        return new DistinctValues(table.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
            table.values().stream().mapToDouble(Double::doubleValue).toArray(), table.size());
    }

    double value(final int index) {
        return values[index];
    }

    double multiplicity(final int index) {
        return multiplicities[index];
    }

    /** Sum of a function over the values, each as often as it occurs. */
    double sum(final DoubleUnaryOperator f) {
        double sum = 0;
        for (int j = 0; j < size; j++) {
            sum += multiplicities[j] * f.applyAsDouble(values[j]);
        }
        return sum;
    }

    /** How often a value occurs, which may be never. */
    double multiplicityOf(final double value) {
        final int index = Arrays.binarySearch(values, value);
        return index < 0 ? 0 : multiplicities[index];
    }

    boolean isOnly(final double value) {
        return size == 1 && values[0] == value;
    }
}
