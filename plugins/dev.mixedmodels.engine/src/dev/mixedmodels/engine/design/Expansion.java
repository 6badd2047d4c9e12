package dev.mixedmodels.engine.design;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Columns of a design as functions of levels and numbers, whatever the data: each is a combination of products of
 * numeric variables and of indicators of levels other than the first. From this, columns in one coding are written as
 * combinations of columns in another.
 */
final class Expansion {
    private Expansion() {
    }

    /** A level other than the first. */
    private record Level(String factor, int level) {
    }

    /**
     * Solves X A = X* for A, where both stand for functions, not for data.
     *
     * @param coded columns that span the space
     * @param wanted columns in that space
     * @return A, one row per coded column, one column per wanted column
     */
    static double[][] solve(final List<DesignColumn> coded, final List<DesignColumn> wanted) {
        final Map<Set<Object>, double[]> rows = new HashMap<>();
        final int total = coded.size() + wanted.size();
        for (int j = 0; j < total; j++) {
            final int column = j;
            final DesignColumn source = j < coded.size() ? coded.get(j) : wanted.get(j - coded.size());
            expand(source).forEach((product, value) ->
                rows.computeIfAbsent(product, key -> new double[total])[column] = value);
        }
        final RowReduction reduced = new RowReduction(rows.values().toArray(double[][]::new), coded.size());
        final double[][] solution = new double[coded.size()][wanted.size()];
        for (int i = 0; i < reduced.pivots().size(); i++) {
            System.arraycopy(reduced.row(i), coded.size(), solution[reduced.pivots().get(i)], 0, wanted.size());
        }
        return solution;
    }

    private static Map<Set<Object>, Double> expand(final DesignColumn column) {
        Map<Set<Object>, Double> sum = Map.of(Set.of(), 1.0);
        for (final Piece piece : column.pieces()) {
            final Map<Set<Object>, Double> next = new HashMap<>();
            if (piece instanceof Piece.Number number) {
                sum.forEach((product, value) -> next.put(with(product, function(number)), value));
            } else if (piece instanceof Piece.Contrast contrast) {
                sum.forEach((product, value) -> expand(product, value, contrast, next));
            }
            sum = next;
        }
        return sum;
    }

    /** A function that is the same only where variable and column are. */
    private static Object function(final Piece.Number number) {
        return List.of(number.variable().variable(), number.component());
    }

    /** v = v_0 + sum over l > 0 of (v_l - v_0) [level = l]. */
    private static void expand(final Set<Object> product, final double value, final Piece.Contrast contrast,
        final Map<Set<Object>, Double> into) {
        final double[] v = contrast.byLevel();
        for (int level = 0; level < v.length; level++) {
            final double coefficient = level == 0 ? v[0] : v[level] - v[0];
            if (coefficient != 0) {
                final Set<Object> key =
                    level == 0 ? product : with(product, new Level(contrast.factor().name(), level));
                into.put(key, value * coefficient);
            }
        }
    }

    private static Set<Object> with(final Set<Object> product, final Object added) {
        final Set<Object> larger = new HashSet<>(product);
        larger.add(added);
        return larger;
    }
}
