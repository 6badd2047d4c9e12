package dev.mixedmodels.engine.frame;

import java.util.BitSet;
import java.util.function.IntToDoubleFunction;

/** Rows of a frame in their order: all of them (which takes no memory) or a chosen part. */
public final class Rows {
    private final int[] selected;
    private final int size;

    private Rows(final int[] selected, final int size) {
        this.selected = selected;
        this.size = size;
    }

    /**
     * @param rows number of rows of the frame
     * @return all of them
     */
    public static Rows all(final int rows) {
        return new Rows(null, rows);
    }

    /**
     * @param rows number of rows of the frame
     * @param chosen the rows to be selected
     * @return the selection
     */
    public static Rows of(final int rows, final BitSet chosen) {
        return chosen.cardinality() == rows ? all(rows) : new Rows(chosen.stream().toArray(), chosen.cardinality());
    }

    /**
     * @return the selected rows, to ask of a row of the frame whether it is one of them
     */
    public BitSet set() {
        final BitSet set = new BitSet();
        for (int i = 0; i < size; i++) {
            set.set(row(i));
        }
        return set;
    }

    /**
     * @return number of selected rows
     */
    public int size() {
        return size;
    }

    /**
     * @param i index of a selected row, from 0
     * @return its row in the frame
     */
    public int row(final int i) {
        return selected == null ? i : selected[i];
    }

    /**
     * @param number of a row of the frame
     * @return the numbers of the selected rows
     */
    public double[] values(final IntToDoubleFunction number) {
        final double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = number.applyAsDouble(row(i));
        }
        return values;
    }
}
