package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * The elements of L^-1 (y - X beta), V = L L', rows in the order of the table, without V: row after row the residual is
 * compared with its prediction from the rows before, by updating mean and covariance of the random effects of the
 * connected units (the Kalman filter of Harvey 1989, section 3.2, with effects that do not move). Missing where the units
 * that are linked to one another are too many.
 */
final class WhitenedResiduals {
    /** Multiplications that are worth the figures. */
    private static final double MOST_WORK = 4e9;

    private final Map<Integer, Double> values = new HashMap<>();

    private WhitenedResiduals() {
    }

    static WhitenedResiduals of(final FittedModel fitted, final IntToDoubleFunction marginal) {
        final WhitenedResiduals result = new WhitenedResiduals();
        final List<RandomGroup> groups = fitted.mixed().groups();
        final Rows rows = fitted.mixed().design().rows().fitted();
        final int[] first = new int[groups.size() + 1];
        for (int k = 0; k < groups.size(); k++) {
            first[k + 1] = first[k] + groups.get(k).factor().size();
        }
        final int[] set = connected(groups, rows, first);
        final Map<Integer, List<Integer>> members = new HashMap<>();
        double work = 0;
        final int[] sizes = sizes(groups, first, set);
        for (int i = 0; i < rows.size(); i++) {
            final int root = set[groups.get(0).factor().code(rows.row(i))];
            members.computeIfAbsent(root, r -> new ArrayList<>()).add(rows.row(i));
            work += (double) sizes[root] * sizes[root];
        }
        if (work <= MOST_WORK) {
            final int[] offset = offsets(groups, first, set);
            members.forEach((root, own) -> result.filter(fitted, marginal, own, first, offset, sizes[root]));
        }
        return result;
    }

    /** For each unit the least unit that it is linked to by rows. */
    private static int[] connected(final List<RandomGroup> groups, final Rows rows, final int[] first) {
        final int[] parent = new int[first[groups.size()]];
        java.util.Arrays.setAll(parent, i -> i);
        for (int i = 0; i < rows.size(); i++) {
            final int a = root(parent, groups.get(0).factor().code(rows.row(i)));
            for (int k = 1; k < groups.size(); k++) {
                final int b = root(parent, first[k] + groups.get(k).factor().code(rows.row(i)));
                final int c = root(parent, a);
                parent[Math.max(b, c)] = Math.min(b, c);
            }
        }
        for (int i = 0; i < parent.length; i++) {
            parent[i] = root(parent, i);
        }
        return parent;
    }

    private static int root(final int[] parent, final int node) {
        int at = node;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private static int[] sizes(final List<RandomGroup> groups, final int[] first, final int[] set) {
        final int[] sizes = new int[set.length];
        for (int k = 0; k < groups.size(); k++) {
            for (int unit = first[k]; unit < first[k + 1]; unit++) {
                sizes[set[unit]] += groups.get(k).effects();
            }
        }
        return sizes;
    }

    /** Place of each unit's effects among those of its set. */
    private static int[] offsets(final List<RandomGroup> groups, final int[] first, final int[] set) {
        final int[] next = new int[set.length];
        final int[] offset = new int[set.length];
        for (int k = 0; k < groups.size(); k++) {
            for (int unit = first[k]; unit < first[k + 1]; unit++) {
                offset[unit] = next[set[unit]];
                next[set[unit]] += groups.get(k).effects();
            }
        }
        return offset;
    }

    private void filter(final FittedModel fitted, final IntToDoubleFunction marginal, final List<Integer> rows,
        final int[] first, final int[] offset, final int size) {
        final List<RandomGroup> groups = fitted.mixed().groups();
        final double[] mean = new double[size];
        final double[] covariance = new double[size * size];
        final boolean[] known = new boolean[size];
        final double[] f = new double[size];
        final double sigma2 = fitted.fit().sigma2();
        for (final int row : rows) {
            java.util.Arrays.fill(f, 0);
            double expected = 0;
            for (int k = 0; k < groups.size(); k++) {
                final int q = groups.get(k).effects();
                final int at = offset[first[k] + groups.get(k).factor().code(row)];
                if (!known[at]) {
                    known[at] = true;
                    final double[][] d = fitted.fit().covariance(k);
                    for (int a = 0; a < q; a++) {
                        System.arraycopy(d[a], 0, covariance, (at + a) * size + at, q);
                    }
                }
                final double[] z = new double[q];
                groups.get(k).row(row, z, 0);
                for (int a = 0; a < q; a++) {
                    expected += z[a] * mean[at + a];
                    for (int i = 0; i < size; i++) {
                        f[i] += z[a] * covariance[(at + a) * size + i];
                    }
                }
            }
            double variance = sigma2;
            for (int k = 0; k < groups.size(); k++) {
                final double[] z = new double[groups.get(k).effects()];
                groups.get(k).row(row, z, 0);
                for (int a = 0; a < z.length; a++) {
                    variance += z[a] * f[offset[first[k] + groups.get(k).factor().code(row)] + a];
                }
            }
            final double surprise = fitted.mixed().design().response(row) - marginal.applyAsDouble(row) - expected;
            values.put(row, surprise / Math.sqrt(variance));
            for (int i = 0; i < size; i++) {
                mean[i] += f[i] * surprise / variance;
                final double factor = f[i] / variance;
                for (int j = 0; factor != 0 && j < size; j++) {
                    covariance[i * size + j] -= factor * f[j];
                }
            }
        }
    }

    /** The row's element; NaN if it was not computed. */
    double value(final int row) {
        return values.getOrDefault(row, Double.NaN);
    }
}
