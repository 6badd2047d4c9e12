package dev.mixedmodels.engine.statistics;

import dev.mixedmodels.engine.frame.LongIndex;
import java.io.Serializable;
import java.util.Arrays;

/** Whether the rows of every unit come in order of time, and which columns of Z vary within a unit. */
public final class UnitOrder implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int SMALLEST = 16;

    private final boolean timed;
    private final boolean[] constants;
    private final boolean[] varies;
    private final int width;
    private LongIndex index = new LongIndex();
    private double[] known = new double[0]; // of each unit its first row of Z, its first and its last time
    private final double[] effects; // of a row
    private boolean ordered = true;

    /**
     * @param constants columns of Z of which it is known that they do not vary
     * @param timed whether rows have a time
     */
    public UnitOrder(final boolean[] constants, final boolean timed) {
        this.timed = timed;
        this.constants = constants;
        varies = new boolean[constants.length];
        width = constants.length + 2;
        effects = new double[constants.length];
    }

    /**
     * @return the same without rows
     */
    public UnitOrder fresh() {
        return new UnitOrder(constants, timed);
    }

    /**
     * @return whether nothing is left to be found out, so that further rows need not be added
     */
    public boolean settled() {
        boolean all = !(timed && ordered);
        for (int j = 0; j < varies.length; j++) {
            all &= varies[j] || constants[j];
        }
        return all;
    }

    /**
     * Adds the next row of the table.
     *
     * @param unit its unit
     * @param z columns of Z
     * @param row its place in them
     * @param time its time, if rows have one
     */
    public void add(final int unit, final double[][] z, final int row, final double time) {
        for (int j = 0; j < effects.length; j++) {
            effects[j] = z[j][row];
        }
        add(unit, effects, 0, time, time);
    }

    /**
     * Adds the next row of the table, without a time.
     *
     * @param unit its unit
     * @param z holds its columns of Z
     * @param from position of the first
     */
    public void addUntimed(final int unit, final double[] z, final int from) {
        if (!settled()) {
            add(unit, z, from, 0, 0);
        }
    }

    private void add(final long key, final double[] z, final int from, final double first, final double last) {
        final int unit = index.add(key);
        final int at = unit * width;
        if (at == known.length) {
            known = Arrays.copyOf(known, Math.max(SMALLEST, 2 * unit) * width);
            Arrays.fill(known, at, known.length, Double.NaN);
        }
        if (Double.isNaN(known[at + width - 1])) {
            System.arraycopy(z, from, known, at, varies.length);
            known[at + width - 2] = first;
        } else {
            for (int j = 0; j < varies.length; j++) {
                varies[j] |= z[from + j] != known[at + j];
            }
            ordered &= first >= known[at + width - 1];
        }
        known[at + width - 1] = last;
    }

    /**
     * @param later what was found in later rows of the table
     */
    public void merge(final UnitOrder later) {
        for (int j = 0; j < varies.length; j++) {
            varies[j] |= later.varies[j];
        }
        ordered &= later.ordered;
        for (int unit = 0; unit < later.index.size() && !settled(); unit++) {
            final int at = unit * width;
            add(later.index.key(unit), later.known, at, later.known[at + width - 2], later.known[at + width - 1]);
        }
    }

    /**
     * @return whether the rows of every unit come in order of time, or no time is known
     */
    public boolean ordered() {
        return ordered;
    }

    /**
     * @param column a column of Z
     * @return whether it has several values within some unit
     */
    public boolean varies(final int column) {
        return varies[column];
    }

    /**
     * @param other what was found of other units, which is closed as this is
     * @return of all of them
     */
    public UnitOrder and(final UnitOrder other) {
        final UnitOrder all = new UnitOrder(constants, timed).closed();
        for (int j = 0; j < varies.length; j++) {
            all.varies[j] = varies[j] | other.varies[j];
        }
        all.ordered = ordered && other.ordered;
        return all;
    }

    /**
     * Forgets the units, which nobody asks for any more.
     *
     * @return this
     */
    public UnitOrder closed() {
        index = null;
        known = null;
        return this;
    }
}
