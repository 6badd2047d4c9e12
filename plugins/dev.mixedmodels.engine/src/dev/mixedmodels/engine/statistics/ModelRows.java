package dev.mixedmodels.engine.statistics;

/**
 * The rows of a linear mixed model y = X beta + sum_k Z_k b_k + e that enter its fit. Implementations may be read from
 * several threads at once.
 */
public interface ModelRows {
    /**
     * @return N, the number of rows
     */
    int size();

    /**
     * @return p, the number of columns of X
     */
    int fixedEffects();

    /**
     * @return for each grouping factor k its number of random effects q_k, the columns of Z_k
     */
    int[] randomEffects();

    /**
     * One row.
     *
     * @param row index in 0 .. N - 1
     * @param values receives x_1 .. x_p, y and then the columns of Z_1, Z_2 ... of that row
     */
    void row(int row, double[] values);

    /**
     * Some rows, as above, one after another.
     *
     * @param from index of the first
     * @param size how many they are
     * @param values receives them
     */
    default void rows(final int from, final int size, final double[] values) {
        final double[] row = new double[width()];
        for (int i = 0; i < size; i++) {
            row(from + i, row);
            System.arraycopy(row, 0, values, i * row.length, row.length);
        }
    }

    /**
     * @param row index in 0 .. N - 1
     * @return the root of the row's weight, by which {@link #row} is still to be multiplied, once shifts are taken off
     */
    default double root(final int row) {
        return 1;
    }

    /**
     * @return the length of a row: p + 1 + sum q_k
     */
    default int width() {
        int width = fixedEffects() + 1;
        for (final int q : randomEffects()) {
            width += q;
        }
        return width;
    }
}
