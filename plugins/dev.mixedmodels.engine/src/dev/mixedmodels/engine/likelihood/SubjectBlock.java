package dev.mixedmodels.engine.likelihood;

import java.util.Arrays;

/** The rows [X y] of one subject with their visits; used for one subject after another. */
public final class SubjectBlock {
    private final int columns;
    private int rows;
    private int group;
    private double[][] values = new double[0][];
    private int[] visits = new int[0];

    /**
     * @param columns number of columns of X
     */
    public SubjectBlock(final int columns) {
        this.columns = columns;
    }

    /**
     * Starts a new subject.
     *
     * @param newRows its number of rows
     * @param newGroup which set of covariance parameters it has, from 0
     */
    public void start(final int newRows, final int newGroup) {
        if (newRows > values.length) {
            final int old = values.length;
            values = Arrays.copyOf(values, newRows);
            for (int i = old; i < newRows; i++) {
                values[i] = new double[columns + 1];
            }
            visits = Arrays.copyOf(visits, newRows);
        }
        rows = newRows;
        group = newGroup;
    }

    /**
     * @param i row
     * @param visit index of its visit
     */
    public void place(final int i, final int visit) {
        visits[i] = visit;
    }

    /**
     * @return number of rows
     */
    public int rows() {
        return rows;
    }

    /**
     * @return which set of covariance parameters applies
     */
    public int group() {
        return group;
    }

    /**
     * @param i row
     * @return the p columns of X and then the response, to be filled and read; valid until the next subject
     */
    public double[] row(final int i) {
        return values[i];
    }

    /**
     * @param i row
     * @return index of its visit
     */
    public int visit(final int i) {
        return visits[i];
    }
}
