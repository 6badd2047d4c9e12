package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.report.FittedValues;
import dev.mixedmodels.engine.report.Whitening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The elements of L^-1 (y - X beta), V = L L', rows in the order of the table, set by set of connected units. Missing
 * where the units that are linked to one another are too many.
 */
final class WhitenedResiduals {
    /** Multiplications that are worth the figures, and linked random effects whose F still fits into memory. */
    private static final double MOST_WORK = 4e9;
    private static final int MOST_LINKED = 4000;

    private final FittedModel fitted;
    private final List<RandomGroup> groups;
    /** First unit of each factor among the units of all. */
    private final int[] first;
    private final double[][][] roots;
    private final double[] values;
    private boolean complete = true;

    private WhitenedResiduals(final FittedModel fitted) {
        this.fitted = fitted;
        groups = fitted.mixed().groups();
        first = new int[groups.size() + 1];
        roots = new double[groups.size()][][];
        for (int k = 0; k < groups.size(); k++) {
            first[k + 1] = first[k] + groups.get(k).factor().size();
            roots[k] = fitted.fit().covarianceRoot(k);
        }
        values = new double[fitted.mixed().design().rows().frame().rows()];
        Arrays.fill(values, Double.NaN);
    }

    /**
     * @param fitted the fit
     * @param progress to learn of cancellation
     */
    static WhitenedResiduals of(final FittedModel fitted, final Progress progress) {
        final WhitenedResiduals result = new WhitenedResiduals(fitted);
        result.compute(progress);
        return result;
    }

    private void compute(final Progress progress) {
        final Rows rows = fitted.mixed().design().rows().fitted();
        final int[] set = connected(groups, rows, first);
        final int[] sizes = sizes(groups, first, set);
        final Map<Integer, List<Integer>> members = new TreeMap<>();
        double work = 0;
        for (int i = 0; i < rows.size(); i++) {
            final int root = set[groups.get(0).factor().code(rows.row(i))];
            members.computeIfAbsent(root, r -> new ArrayList<>()).add(rows.row(i));
            work += (double) sizes[root] * sizes[root];
            complete &= sizes[root] <= MOST_LINKED;
        }
        complete &= work <= MOST_WORK;
        if (complete) {
            final int[] offset = offsets(groups, first, set);
            members.forEach((root, own) -> filter(own, offset, sizes[root], progress));
        }
    }

    /** Whether there are residuals at all. */
    boolean complete() {
        return complete;
    }

    /** For each unit the least unit that it is linked to by rows. */
    private static int[] connected(final List<RandomGroup> groups, final Rows rows, final int[] first) {
        final int[] parent = new int[first[groups.size()]];
        Arrays.setAll(parent, i -> i);
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

    private void filter(final List<Integer> rows, final int[] offset, final int size, final Progress progress) {
        final Whitening whitening =
            new Whitening(root(rows, offset, size), size, Math.sqrt(fitted.fit().sigma2()));
        final ModelDesign design = fitted.mixed().design();
        for (final int row : rows) {
            progress.check();
            final double root = design.weights().root(row);
            whitening.row(root * (design.response(row) - FittedValues.marginal(design, fitted.fit().beta(), row)));
            for (int k = 0; k < groups.size(); k++) {
                final double[] z = new double[groups.get(k).effects()];
                groups.get(k).row(row, z, 0);
                final int at = offset[first[k] + groups.get(k).factor().code(row)];
                for (int a = 0; a < z.length; a++) {
                    whitening.effect(at + a, root * z[a]);
                }
            }
            values[row] = whitening.standardised();
        }
    }

    /** F before any row: the roots of the D of the set's units. */
    private double[] root(final List<Integer> rows, final int[] offset, final int size) {
        final double[] f = new double[size * size];
        for (final int row : rows) {
            for (int k = 0; k < groups.size(); k++) {
                final int at = offset[first[k] + groups.get(k).factor().code(row)];
                for (int a = 0; a < roots[k].length; a++) {
                    System.arraycopy(roots[k][a], 0, f, (at + a) * size + at, roots[k].length);
                }
            }
        }
        return f;
    }

    /** The row's element; NaN if it was not computed. */
    double value(final int row) {
        return values[row];
    }
}
