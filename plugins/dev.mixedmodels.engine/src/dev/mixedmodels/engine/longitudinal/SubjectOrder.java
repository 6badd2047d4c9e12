package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.frame.LongIndex;
import java.io.Serializable;
import java.util.Arrays;

/** Whether the rows of every subject come in order of time, and which columns of Z vary within a subject. */
final class SubjectOrder implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int SMALLEST = 16;

    private final boolean timed;
    private final boolean[] constants;
    private final boolean[] varies;
    private final int width;
    private LongIndex index = new LongIndex();
    private double[] known = new double[0]; // of each subject its first row of Z, its first and its last time
    private boolean ordered = true;

    /**
     * @param constants columns of Z of which it is known that they do not vary
     * @param timed whether rows have a time
     */
    SubjectOrder(final boolean[] constants, final boolean timed) {
        this.timed = timed;
        this.constants = constants;
        varies = new boolean[constants.length];
        width = constants.length + 2;
    }

    SubjectOrder fresh() {
        return new SubjectOrder(constants, timed);
    }

    /** Whether nothing is left to be found out. */
    private boolean settled() {
        boolean all = !(timed && ordered);
        for (int j = 0; j < varies.length; j++) {
            all &= varies[j] || constants[j];
        }
        return all;
    }

    /** The next row of the table. */
    void add(final int subject, final double[] z, final double time) {
        if (!settled()) {
            add(subject, z, 0, time, time);
        }
    }

    private void add(final long subject, final double[] z, final int from, final double first, final double last) {
        final int unit = index.add(subject);
        final int at = unit * width;
        if (at == known.length) {
            known = Arrays.copyOf(known, Math.max(SMALLEST, unit + (unit >> 1)) * width);
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

    /** Later rows of the table. */
    void merge(final SubjectOrder later) {
        for (int j = 0; j < varies.length; j++) {
            varies[j] |= later.varies[j];
        }
        ordered &= later.ordered;
        for (int unit = 0; unit < later.index.size() && !settled(); unit++) {
            final int at = unit * width;
            add(later.index.key(unit), later.known, at, later.known[at + width - 2], later.known[at + width - 1]);
        }
    }

    /** Whether the rows of every subject come in order of time, or no time is known. */
    boolean ordered() {
        return ordered;
    }

    /** Whether a column of Z has several values within some subject. */
    boolean varies(final int column) {
        return varies[column];
    }

    /** Forgets the subjects, which nobody asks for any more. */
    SubjectOrder closed() {
        index = null;
        known = null;
        return this;
    }
}
