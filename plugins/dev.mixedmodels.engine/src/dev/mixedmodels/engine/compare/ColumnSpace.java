package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.numeric.GramSchmidt;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What some columns span, by Gram and Schmidt, twice; columns that depend on those before them are passed over. */
final class ColumnSpace {
    /** A column of which no more than this share is left is a combination of the others. */
    private static final double NOTHING = 1e-7;

    private final List<double[]> q = new ArrayList<>();
    private final List<double[]> r = new ArrayList<>();
    private final List<Integer> kept = new ArrayList<>();
    private final int columns;

    /**
     * @param columns vectors of the same length
     */
    ColumnSpace(final double[][] columns) {
        this.columns = columns.length;
        for (int j = 0; j < columns.length; j++) {
            final double[] rest = columns[j].clone();
            final double[] coordinates = GramSchmidt.takeOff(rest, q);
            final double left = length(rest);
            if (left > NOTHING * length(columns[j])) {
                final double[] own = Arrays.copyOf(coordinates, kept.size() + 1);
                own[kept.size()] = left;
                Matrices.divide(rest, left);
                q.add(rest);
                r.add(own);
                kept.add(j);
            }
        }
    }

    private static double length(final double[] x) {
        return Math.sqrt(Matrices.dot(x, x));
    }

    int rank() {
        return kept.size();
    }

    boolean contains(final double[] x) {
        final double[] rest = x.clone();
        GramSchmidt.takeOff(rest, q);
        return length(rest) <= NOTHING * length(x);
    }

    boolean contains(final double[][] all) {
        return Arrays.stream(all).allMatch(this::contains);
    }

    /** The combination of the columns that a spanned vector is, 0 for those that were passed over. */
    double[] combination(final double[] x) {
        final double[] c = GramSchmidt.takeOff(x.clone(), q);
        for (int k = c.length - 1; k >= 0; k--) {
            for (int l = k + 1; l < c.length; l++) {
                c[k] -= r.get(l)[k] * c[l];
            }
            c[k] /= r.get(k)[k];
        }
        final double[] combination = new double[columns];
        for (int k = 0; k < c.length; k++) {
            combination[kept.get(k)] = c[k];
        }
        return combination;
    }

    /** Log of the volume of the columns that were not passed over. */
    double logVolume() {
        double sum = 0;
        for (int k = 0; k < r.size(); k++) {
            sum += Math.log(r.get(k)[k]);
        }
        return sum;
    }

    /** An orthonormal basis of all vectors of a length that are orthogonal to the columns. */
    double[][] complement(final int length) {
        final double[][] all = Arrays.copyOf(q.toArray(new double[0][]), q.size() + length);
        for (int i = 0; i < length; i++) {
            all[q.size() + i] = new double[length];
            all[q.size() + i][i] = 1;
        }
        final ColumnSpace whole = new ColumnSpace(all);
        return whole.q.subList(q.size(), whole.q.size()).toArray(new double[0][]);
    }
}
