package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.formula.Grouping;
import java.util.Arrays;

/** How the columns of nested levels lie in one another, by the combinations of their levels that occur. */
final class ColumnNesting {
    private ColumnNesting() {
    }

    /**
     * @param design of the model
     * @param grouping one that random effects vary over, of two columns at least
     * @return whether each level of its last column occurs with one level of the column before only
     */
    static boolean lastWithinBefore(final StoredDesign design, final Grouping grouping) {
        final StoredDesign.Combinations last = combinations(design, grouping);
        final int columns = grouping.columns().size();
        final int[] before = columns == 2 ? null : combinations(design,
            new Grouping(grouping.columns().subList(0, columns - 1),
            grouping.separators().substring(0, columns - 2))).inner();
        final int[] parent = new int[design.factor(grouping.columns().get(columns - 1)).levels().size()];
        Arrays.fill(parent, -1);
        for (int c = 0; c < last.inner().length; c++) {
            final int level = before == null ? last.outer()[c] : before[last.outer()[c]];
            if (parent[last.inner()[c]] >= 0 && parent[last.inner()[c]] != level) {
                return false;
            }
            parent[last.inner()[c]] = level;
        }
        return true;
    }

    private static StoredDesign.Combinations combinations(final StoredDesign design, final Grouping grouping) {
        return design.groupings().stream().filter(c -> c.grouping().equals(grouping)).findFirst().orElseThrow();
    }
}
