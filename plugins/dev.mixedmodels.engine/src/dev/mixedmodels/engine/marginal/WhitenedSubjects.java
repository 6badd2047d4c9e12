package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.VisitStructure;
import java.util.Arrays;

/**
 * Whitens rows that come in order of visit within each subject: row i of L^-1 (y - X beta), V = L L', needs the rows
 * before it only. A row of L depends on the visits so far, so that it is computed once for all subjects who share them.
 */
final class WhitenedSubjects {
    /** The visits of a subject up to a row, with the row of L that belongs to the last of them. */
    private static final class Begun {
        private final int[] visits;
        private final double[][] l;
        private final Begun[] longer; // by the next visit

        Begun(final int[] visits, final double[][] l, final int most) {
            this.visits = visits;
            this.l = l;
            longer = new Begun[most];
        }
    }

    /** A subject between its rows. */
    private static final class State {
        private Begun begun;
        private double[] z = new double[1];

        State(final Begun none) {
            begun = none;
        }
    }

    private final Solved solved;
    private final int[] counts;
    private final State[] states; // of subjects that have begun and not ended
    private final double[][] v; // of each group; null until it is met
    private final Begun[] none; // of each group no visit

    /**
     * @param solved the estimates of a structure over visits
     * @param counts number of rows of each subject; not looked at where rows are independent
     */
    WhitenedSubjects(final Solved solved, final int[] counts) {
        this.solved = solved;
        this.counts = counts;
        states = new State[counts == null ? 0 : counts.length];
        v = new double[solved.groups()][];
        none = new Begun[solved.groups()];
    }

    /**
     * @param subject the subject
     * @param group which covariance parameters it has
     * @param visit of its next row; -1 for the next number
     * @param residual of that row, times the root of the weight
     * @return what is new of it, in units of its standard deviation
     */
    double next(final int subject, final int group, final int visit, final double residual) {
        if (v[group] == null) {
            v[group] = solved.overVisits(group);
            none[group] = new Begun(new int[0], new double[0][], solved.visits());
        }
        final double[] all = v[group];
        if (solved.structure() == VisitStructure.INDEPENDENT) {
            return residual / Math.sqrt(all[0]);
        }
        if (states[subject] == null) {
            states[subject] = new State(none[group]);
        }
        final State state = states[subject];
        final Begun before = state.begun;
        final int k = before.visits.length;
        final int at = visit < 0 ? k : visit;
        if (before.longer[at] == null) {
            before.longer[at] = longer(before, at, all);
        }
        state.begun = before.longer[at];
        final double[] row = state.begun.l[k];
        double rest = residual;
        for (int j = 0; j < k; j++) {
            rest -= row[j] * state.z[j];
        }
        final double z = rest / row[k];
        if (k + 1 == counts[subject]) {
            states[subject] = null;
        } else {
            state.z = k < state.z.length ? state.z : Arrays.copyOf(state.z, 2 * k);
            state.z[k] = z;
        }
        return z;
    }

    /** One step of the Cholesky factorisation. */
    private Begun longer(final Begun before, final int visit, final double[] all) {
        final int k = before.visits.length;
        final int n = solved.visits();
        final int[] visits = Arrays.copyOf(before.visits, k + 1);
        visits[k] = visit;
        final double[][] l = Arrays.copyOf(before.l, k + 1);
        l[k] = new double[k + 1];
        for (int j = 0; j <= k; j++) {
            double sum = all[visit * n + visits[j]];
            for (int i = 0; i < j; i++) {
                sum -= l[k][i] * l[j][i];
            }
            l[k][j] = j < k ? sum / l[j][j] : Math.sqrt(sum);
        }
        return new Begun(visits, l, n);
    }
}
