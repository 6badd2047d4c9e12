package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.BlockedCholesky;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import java.util.Arrays;

/**
 * The Cholesky factor of M = Lambda'Z'Z Lambda + I, unit by unit in elimination order with a dense core.
 */
final class BlockedFactor {
    final BlockedCrossProducts data;
    final UnitGraph graph;
    final SymbolicFactor symbolic;
    final PairMap[] maps;
    final BlockedCholesky core;
    /** First entry of each unit, by grouping factor, in vectors with one entry per random effect. */
    final int[][] at;
    /** Diagonal blocks and panels of the factor. */
    final double[] diagonal;
    final double[] panels;
    /** Scalar row of each panel row. */
    private final int[] rowScalar;
    private final int[] rowStart;
    private final CoreUpdate update;
    private double logDeterminant;
    private double[][] current;
    private boolean inverted;
    /** Whether exact second derivatives are to be had, see {@link SquaredInverse}. */
    final boolean twice;

    BlockedFactor(final BlockedCrossProducts data) {
        this.data = data;
        graph = UnitGraph.of(data);
        symbolic = new SymbolicFactor(data, graph, EliminationOrder.of(data, graph));
        core = new BlockedCholesky(symbolic.coreSize());
        diagonal = new double[symbolic.diagonal[symbolic.head]];
        panels = new double[symbolic.panel[symbolic.head]];
        final int factors = data.levels().length;
        at = new int[factors][];
        for (int k = 0; k < factors; k++) {
            at[k] = new int[data.levels()[k]];
            for (int j = 0; j < at[k].length; j++) {
                at[k][j] = symbolic.scalar[symbolic.position[graph.first()[k] + j]];
            }
        }
        maps = new PairMap[factors * (factors - 1) / 2];
        int next = 0;
        for (int k = 0; k < factors; k++) {
            for (int l = k + 1; l < factors; l++) {
                maps[next++] = PairMap.of(k, l, data.pairs()[k][l], graph, symbolic, core.stride());
            }
        }
        rowStart = new int[symbolic.head + 1];
        for (int u = 0; u < symbolic.head; u++) {
            rowStart[u + 1] = rowStart[u] + symbolic.rows[u];
        }
        rowScalar = new int[rowStart[symbolic.head]];
        next = 0;
        for (final int v : symbolic.linked) {
            for (int i = 0; i < symbolic.size[v]; i++) {
                rowScalar[next++] = symbolic.scalar[v] + i;
            }
        }
        update = new CoreUpdate(this);
        twice = SquaredInverse.feasible(symbolic);
    }

    /** Whether this is the factor of M at these Lambda, by identity. */
    boolean isOf(final double[][] lambda) {
        return current == lambda && !inverted;
    }

    /** Whether the core is that of the inverse of M at these Lambda, by identity. */
    boolean isInverseOf(final double[][] lambda) {
        return current == lambda && inverted;
    }

    /** Replaces the core of the factor by the core of the inverse. */
    void invertCore() {
        inverted = true;
        core.invert();
    }

    /** Factors M; false if it is not positive definite in floating point. */
    boolean factor(final double[][] lambda) {
        current = lambda;
        inverted = false;
        new BlockAssembly(this).fill(lambda);
        logDeterminant = 0;
        for (int u = 0; u < symbolic.head; u++) {
            if (!eliminate(u)) {
                return false;
            }
        }
        if (symbolic.coreSize() == 0) {
            return true;
        }
        update.apply();
        final boolean success = core.factor();
        logDeterminant += success ? core.logDeterminant() : 0;
        return success;
    }

    double logDeterminant() {
        return logDeterminant;
    }

    /** log l_ii of each effect. */
    double[] logDiagonal() {
        final double[] logs = new double[symbolic.order()];
        for (int u = 0; u < symbolic.head; u++) {
            final int q = symbolic.size[u];
            for (int i = 0; i < q; i++) {
                logs[symbolic.scalar[u] + i] = Math.log(diagonal[symbolic.diagonal[u] + i * q + i]);
            }
        }
        for (int i = 0; i < symbolic.coreSize(); i++) {
            logs[symbolic.coreStart() + i] = Math.log(core.entries()[i * core.stride() + i]);
        }
        return logs;
    }

    private boolean eliminate(final int u) {
        final int q = symbolic.size[u];
        final int d = symbolic.diagonal[u];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = diagonal[d + i * q + j];
                for (int c = 0; c < j; c++) {
                    sum -= diagonal[d + i * q + c] * diagonal[d + j * q + c];
                }
                if (i > j) {
                    diagonal[d + i * q + j] = sum / diagonal[d + j * q + j];
                } else if (sum > 0 && sum < Double.POSITIVE_INFINITY) {
                    diagonal[d + i * q + i] = Math.sqrt(sum);
                    logDeterminant += Math.log(sum);
                } else {
                    return false;
                }
            }
        }
        final int end = symbolic.panel[u + 1];
        for (int row = symbolic.panel[u]; row < end; row += q) {
            for (int j = 0; j < q; j++) {
                double sum = panels[row + j];
                for (int c = 0; c < j; c++) {
                    sum -= panels[row + c] * diagonal[d + j * q + c];
                }
                panels[row + j] = sum / diagonal[d + j * q + j];
            }
        }
        update(u, q);
        return true;
    }

    /** Takes the products of the panel's rows from the blocks of later units, but for those of the core. */
    private void update(final int u, final int q) {
        int target = symbolic.targetStart[u];
        final int end = symbolic.linkStart[u + 1];
        for (int a = symbolic.linkStart[u]; a < end; a++) {
            final int v = symbolic.linked[a];
            if (v >= symbolic.head) {
                return; // and so are all later links
            }
            final int rowA = symbolic.panel[u] + symbolic.linkRow[a] * q;
            final int qv = symbolic.size[v];
            subtract(diagonal, symbolic.diagonal[v], qv, rowA, qv, rowA, qv, q);
            for (int b = a + 1; b < end; b++) {
                final int w = symbolic.linked[b];
                final int place = symbolic.targets == null ? symbolic.place(v, w) : symbolic.targets[target++];
                final int rowB = symbolic.panel[u] + symbolic.linkRow[b] * q;
                if (q == 1 && qv == 1 && symbolic.size[w] == 1) {
                    panels[place] -= panels[rowB] * panels[rowA];
                } else {
                    subtract(panels, place, qv, rowB, symbolic.size[w], rowA, qv, q);
                }
            }
        }
    }

    /** to -= P_b P_a', rows of b and columns of a. */
    private void subtract(final double[] to, final int at, final int stride, final int rowB, final int sizeB,
        final int rowA, final int sizeA, final int q) {
        for (int i = 0; i < sizeB; i++) {
            for (int j = 0; j < sizeA; j++) {
                double sum = 0;
                for (int c = 0; c < q; c++) {
                    sum += panels[rowB + i * q + c] * panels[rowA + j * q + c];
                }
                to[at + i * stride + j] -= sum;
            }
        }
    }

    /** Solves L x = b in place; b in elimination order. */
    void solveLower(final double[] b) {
        for (int u = 0; u < symbolic.head; u++) {
            final int q = symbolic.size[u];
            final int d = symbolic.diagonal[u];
            final int at = symbolic.scalar[u];
            if (q == 1) {
                final double x = b[at] / diagonal[d];
                b[at] = x;
                final int shift = symbolic.panel[u] - rowStart[u];
                for (int r = rowStart[u]; r < rowStart[u + 1]; r++) {
                    b[rowScalar[r]] -= panels[shift + r] * x;
                }
                continue;
            }
            for (int i = 0; i < q; i++) {
                double sum = b[at + i];
                for (int c = 0; c < i; c++) {
                    sum -= diagonal[d + i * q + c] * b[at + c];
                }
                b[at + i] = sum / diagonal[d + i * q + i];
            }
            int row = symbolic.panel[u];
            for (int r = rowStart[u]; r < rowStart[u + 1]; r++, row += q) {
                double sum = 0;
                for (int c = 0; c < q; c++) {
                    sum += panels[row + c] * b[at + c];
                }
                b[rowScalar[r]] -= sum;
            }
        }
        core.solveLower(b, symbolic.coreStart());
    }

    /** Solves L'x = b in place; b in elimination order. */
    void solveUpper(final double[] b) {
        core.solveUpper(b, symbolic.coreStart());
        for (int u = symbolic.head - 1; u >= 0; u--) {
            final int q = symbolic.size[u];
            final int d = symbolic.diagonal[u];
            final int at = symbolic.scalar[u];
            if (q == 1) {
                final int shift = symbolic.panel[u] - rowStart[u];
                double sum = b[at];
                for (int r = rowStart[u]; r < rowStart[u + 1]; r++) {
                    sum -= panels[shift + r] * b[rowScalar[r]];
                }
                b[at] = sum / diagonal[d];
                continue;
            }
            int row = symbolic.panel[u];
            for (int r = rowStart[u]; r < rowStart[u + 1]; r++, row += q) {
                final double x = b[rowScalar[r]];
                for (int c = 0; c < q; c++) {
                    b[at + c] -= panels[row + c] * x;
                }
            }
            for (int i = q - 1; i >= 0; i--) {
                double sum = b[at + i];
                for (int c = i + 1; c < q; c++) {
                    sum -= diagonal[d + c * q + i] * b[at + c];
                }
                b[at + i] = sum / diagonal[d + i * q + i];
            }
        }
    }

    /** The grouping factor of a position. */
    int factorOf(final int u) {
        return graph.factor(symbolic.node[u]);
    }

    /** -P / L of a unit before the core that has one effect. */
    double[] coefficients(final int u) {
        final double[] a = new double[symbolic.rows[u]];
        for (int r = 0; r < a.length; r++) {
            a[r] = -panels[symbolic.panel[u] + r] / diagonal[symbolic.diagonal[u]];
        }
        return a;
    }

    /** First panel row of a unit among all panel rows. */
    int rowStart(final int unit) {
        return rowStart[unit];
    }

    int rowScalar(final int row) {
        return rowScalar[row];
    }

    void clear() {
        Arrays.fill(panels, 0);
        core.clear();
    }
}
