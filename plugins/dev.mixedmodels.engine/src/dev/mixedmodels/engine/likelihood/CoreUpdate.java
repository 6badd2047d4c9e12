package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Parallel;

/**
 * Takes the products of the panels of units before the core from the core, on all cores of the machine: a task has rows
 * of the matrix of its own and goes over the units in their order, so that every entry has its summands in that order.
 */
final class CoreUpdate {
    private static final int MOST_TASKS = 16;
    private static final int PRODUCTS_PER_TASK = 50_000;
    /** Successive rows that one task takes; they are longer and longer. */
    private static final int ROWS = 8;

    private final BlockedFactor factor;
    private final SymbolicFactor symbolic;
    /** First of each unit's panel rows that are in the core. */
    private final int[] first;
    private final int tasks;

    /**
     * @param factor the factor, whose places are known
     */
    CoreUpdate(final BlockedFactor factor) {
        this.factor = factor;
        symbolic = factor.symbolic;
        first = new int[symbolic.head];
        long products = 0;
        for (int u = 0; u < symbolic.head; u++) {
            while (first[u] < symbolic.rows[u] && factor.rowScalar(factor.rowStart(u)
                + first[u]) < symbolic.coreStart()) {
                first[u]++;
            }
            final long rows = symbolic.rows[u] - first[u];
            products += rows * (rows + 1) / 2 * symbolic.size[u];
        }
        tasks = (int) Math.min(MOST_TASKS, 1 + products / PRODUCTS_PER_TASK);
    }

    /** After all panels are computed, and before the core is factored. */
    void apply() {
        Parallel.forEach(tasks, this::apply);
    }

    private void apply(final int task) {
        for (int u = 0; u < symbolic.head; u++) {
            final int r = factor.rowStart(u);
            for (int i = first[u]; i < symbolic.rows[u]; i++) {
                final int row = factor.rowScalar(r + i) - symbolic.coreStart();
                if (row / ROWS % tasks == task) {
                    subtract(u, i, row * factor.core.stride() - symbolic.coreStart());
                }
            }
        }
    }

    /** The row of the core to which row i of a unit's panel belongs. */
    private void subtract(final int u, final int i, final int to) {
        final int q = symbolic.size[u];
        final double[] core = factor.core.entries();
        final double[] panels = factor.panels;
        final int p = symbolic.panel[u];
        final int r = factor.rowStart(u);
        if (q == 1) {
            final double x = panels[p + i];
            for (int j = first[u]; j <= i; j++) {
                core[to + factor.rowScalar(r + j)] -= x * panels[p + j];
            }
        } else {
            for (int j = first[u]; j <= i; j++) {
                double sum = 0;
                for (int m = 0; m < q; m++) {
                    sum += panels[p + i * q + m] * panels[p + j * q + m];
                }
                core[to + factor.rowScalar(r + j)] -= sum;
            }
        }
    }
}
