package dev.mixedmodels.engine.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Collects a table row by row into primitive arrays that grow as needed: 8 bytes per number, 4 per text, no object per
 * row. Declare the columns, then for each row set its values and call {@link #endRow()}; a column that was not set is
 * missing in that row.
 */
public final class FrameBuilder {
    private static final int SMALLEST = 16;
    private final List<Store> stores = new ArrayList<>();
    private int capacity;
    private int row;

    /**
     * @param expectedRows number of rows if it is known, else 0; more and fewer are allowed
     */
    public FrameBuilder(final long expectedRows) {
        capacity = (int) Math.max(SMALLEST, Math.min(expectedRows, Integer.MAX_VALUE - SMALLEST));
    }

    /**
     * @param name name of a column of numbers
     * @return its index for {@link #number}
     */
    public int addNumeric(final String name) {
        return addTimes(name, "");
    }

    /**
     * @param name name of a column of dates
     * @param origin what its numbers are counted in and from, see {@link Column#origin}
     * @return its index for {@link #number}
     */
    public int addTimes(final String name, final String origin) {
        return add(new Numbers(name, origin));
    }

    /**
     * @param name name of a column of whole numbers of 64 bits
     * @return its index for {@link #integer}
     */
    public int addInteger(final String name) {
        return add(new Integers(name));
    }

    /**
     * @param name name of a column of texts
     * @return its index for {@link #text}
     */
    public int addNominal(final String name) {
        return add(new Texts(name, new TextIndex()));
    }

    /**
     * Goes on with more rows of the same table. Frames of both may be read while it does.
     *
     * @param expectedRows number of further rows if it is known, else 0
     * @return a builder with the columns of this one, in which a text has the code that it has here
     */
    public FrameBuilder next(final long expectedRows) {
        final FrameBuilder next = new FrameBuilder(expectedRows);
        stores.forEach(store -> next.add(store.next()));
        return next;
    }

    private int add(final Store store) {
        if (row > 0) {
            throw new IllegalStateException("columns come before rows");
        }
        store.grow(capacity);
        stores.add(store);
        return stores.size() - 1;
    }

    /**
     * @param column index of a column of numbers
     * @param value its value in the current row; NaN and infinite count as missing
     */
    public void number(final int column, final double value) {
        ((Numbers) store(column)).values[row] = value;
    }

    /**
     * @param column index of a column of whole numbers
     * @param value its value in the current row
     */
    public void integer(final int column, final long value) {
        final Integers store = (Integers) store(column);
        store.values[row] = value;
        store.present.set(row);
    }

    /**
     * @param column index of a column of texts
     * @param value its value in the current row, null if missing
     */
    public void text(final int column, final String value) {
        final Texts store = (Texts) store(column);
        store.codes[row] = value == null ? -1 : store.index.add(value);
    }

    private Store store(final int column) {
        makeRoom();
        return stores.get(column);
    }

    /** Room for the current row; nothing is done for a row that never comes. */
    private void makeRoom() {
        if (row == capacity) {
            capacity = (int) Math.min(Integer.MAX_VALUE - SMALLEST, capacity + (long) (capacity >> 1));
            if (row >= capacity) {
                throw new IllegalStateException("too many rows for one table: " + row);
            }
            stores.forEach(store -> store.grow(capacity));
        }
    }

    /** Closes the current row and begins the next one. */
    public void endRow() {
        makeRoom();
        row++;
    }

    /**
     * Ends the collection.
     *
     * @return the frame; the builder must not be used any more
     */
    public Frame build() {
        final int rows = row;
        return new Frame(rows, stores.stream().map(store -> store.column(rows)).toList());
    }

    /** Values of one column; all missing until set. */
    private abstract static class Store {
        final String name;

        Store(final String name) {
            this.name = name;
        }

        /** A column like this one for other rows, in which texts have the same codes. */
        abstract Store next();

        abstract void grow(int capacity);

        abstract Column column(int rows);
    }

    private static final class Numbers extends Store {
        double[] values = {};
        final String origin;

        Numbers(final String name, final String origin) {
            super(name);
            this.origin = origin;
        }

        @Override
        Store next() {
            return new Numbers(name, origin);
        }

        @Override
        void grow(final int capacity) {
            final int filled = values.length;
            values = Arrays.copyOf(values, capacity);
            Arrays.fill(values, filled, capacity, Double.NaN);
        }

        @Override
        Column column(final int rows) {
            return new NumericColumn(name, values, rows, origin);
        }
    }

    private static final class Integers extends Store {
        long[] values = {};
        final BitSet present = new BitSet();

        Integers(final String name) {
            super(name);
        }

        @Override
        Store next() {
            return new Integers(name);
        }

        @Override
        void grow(final int capacity) {
            values = Arrays.copyOf(values, capacity);
        }

        @Override
        Column column(final int rows) {
            present.flip(0, rows);
            return new IntegerColumn(name, values, present, rows);
        }
    }

    private static final class Texts extends Store {
        int[] codes = {};
        final TextIndex index;

        Texts(final String name, final TextIndex index) {
            super(name);
            this.index = index;
        }

        @Override
        Store next() {
            return new Texts(name, index);
        }

        @Override
        void grow(final int capacity) {
            final int filled = codes.length;
            codes = Arrays.copyOf(codes, capacity);
            Arrays.fill(codes, filled, capacity, -1);
        }

        @Override
        Column column(final int rows) {
            return new NominalColumn(name, codes, index.found(), rows);
        }
    }
}
