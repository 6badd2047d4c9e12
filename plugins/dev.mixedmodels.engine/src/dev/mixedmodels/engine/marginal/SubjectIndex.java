package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Rows;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** The fitted rows sorted by subject and, within subjects, by a key; rows with equal keys stay in their order. */
final class SubjectIndex {
    private final int[] starts;
    private final int[] rows;

    /**
     * @param fitted the rows
     * @param subjects their subjects
     * @param key of a row of the frame
     */
    SubjectIndex(final Rows fitted, final Factor subjects, final IntToDoubleFunction key) {
        starts = new int[subjects.size() + 1];
        for (int i = 0; i < fitted.size(); i++) {
            starts[subjects.code(fitted.row(i)) + 1]++;
        }
        for (int s = 0; s < subjects.size(); s++) {
            starts[s + 1] += starts[s];
        }
        rows = new int[fitted.size()];
        final int[] filled = new int[subjects.size()];
        for (int i = 0; i < fitted.size(); i++) {
            final int s = subjects.code(fitted.row(i));
            insert(fitted.row(i), starts[s], starts[s] + filled[s]++, key);
        }
    }

    private SubjectIndex(final SubjectIndex all, final int subject) {
        final int first = all.starts[subject];
        final int n = all.starts[subject + 1] - first;
        starts = new int[all.starts.length - 1];
        for (int s = 0; s < starts.length; s++) {
            starts[s] = s <= subject ? all.starts[s] : all.starts[s + 1] - n;
        }
        rows = without(all.rows, first, n);
    }

    /** The index of all other subjects, numbered without this one. */
    SubjectIndex without(final int subject) {
        return new SubjectIndex(this, subject);
    }

    /** An array without some of its entries. */
    static int[] without(final int[] all, final int from, final int count) {
        final int[] rest = Arrays.copyOf(all, all.length - count);
        System.arraycopy(all, from + count, rest, from, rest.length - from);
        return rest;
    }

    /** Number of subjects. */
    int subjects() {
        return starts.length - 1;
    }

    /** Insertion sort: subjects have few rows and these mostly come in order. */
    private void insert(final int row, final int from, final int end, final IntToDoubleFunction key) {
        final double value = key.applyAsDouble(row);
        int at = end;
        while (at > from && key.applyAsDouble(rows[at - 1]) > value) {
            rows[at] = rows[at - 1];
            at--;
        }
        rows[at] = row;
    }

    /** Number of rows. */
    int size() {
        return rows.length;
    }

    /** Place of the first row of a subject; of the end for the number of subjects. */
    int start(final int subject) {
        return starts[subject];
    }

    /** Rows of the frame of a subject, in order. */
    int[] rows(final int subject) {
        return Arrays.copyOfRange(rows, starts[subject], starts[subject + 1]);
    }

    /** Row of the frame at a place. */
    int row(final int place) {
        return rows[place];
    }
}
