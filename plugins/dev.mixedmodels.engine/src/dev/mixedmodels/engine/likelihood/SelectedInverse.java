package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Parallel;
import java.util.Arrays;

/**
 * The entries of S = M^-1 in the places where the Cholesky factor of M has any, from the last unit to the first: with
 * the panel P and diagonal block L of a unit and Y = P L^-1, S_rows,unit = -S_rows,rows Y and S_unit,unit = L^-T L^-1 -
 * Y' S_rows,unit. Source: Takahashi, Fagan &amp; Chin (1973), PICA conference; Erisman &amp; Tinney (1975) Commun. ACM
 * 18:177-179.
 */
final class SelectedInverse {
    /** Units of one task. */
    private static final int UNITS = 256;

    final double[] diagonal;
    final double[] panels;
    private final BlockedFactor factor;
    private final SymbolicFactor symbolic;

    SelectedInverse(final BlockedFactor factor) {
        this.factor = factor;
        symbolic = factor.symbolic;
        diagonal = new double[factor.diagonal.length];
        panels = new double[factor.panels.length];
    }

    /**
     * Computes S from the factor; the core's factor is replaced by the core of S (lower triangle). Units that are linked
     * with the core only need nothing else of S.
     */
    void compute() {
        factor.invertCore();
        Parallel.forEach((symbolic.head + UNITS - 1) / UNITS, task -> {
            final Workspace workspace = new Workspace();
            for (int u = task * UNITS; u < Math.min(symbolic.head, (task + 1) * UNITS); u++) {
                if (symbolic.onlyCore(u)) {
                    workspace.compute(u);
                }
            }
        });
        final Workspace workspace = new Workspace();
        for (int u = symbolic.head - 1; u >= 0; u--) {
            if (!symbolic.onlyCore(u)) {
                workspace.compute(u);
            }
        }
    }

    /** An entry of S where units have one effect each: of two positions, the first of them no later, that are linked. */
    double entry(final int u, final int v) {
        if (u >= symbolic.head) {
            return factor.core.entries()[(v - symbolic.head) * factor.core.stride() + u - symbolic.head];
        }
        return u == v ? diagonal[u] : panels[symbolic.place(u, v)];
    }

    /** The block of a unit with itself, q x q, both triangles. */
    void unitBlock(final int u, final double[] to) {
        final int q = symbolic.size[u];
        if (u < symbolic.head) {
            System.arraycopy(diagonal, symbolic.diagonal[u], to, 0, q * q);
            return;
        }
        final int corner = symbolic.scalar[u] - symbolic.coreStart();
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                final double s = factor.core.entries()[(corner + i) * factor.core.stride() + corner + j];
                to[i * q + j] = s;
                to[j * q + i] = s;
            }
        }
    }

    /** Computes one unit after another. */
    private final class Workspace {
        private double[] y = new double[16];
        private double[] z = new double[16];

        private void compute(final int u) {
            final int q = symbolic.size[u];
            final int m = symbolic.rows[u];
            final int d = symbolic.diagonal[u];
            final int p = symbolic.panel[u];
            if (y.length < m * q) {
                y = new double[2 * m * q];
                z = new double[2 * m * q];
            }
            for (int r = 0; r < m; r++) {
                for (int j = q - 1; j >= 0; j--) {
                    double sum = factor.panels[p + r * q + j];
                    for (int c = j + 1; c < q; c++) {
                        sum -= y[r * q + c] * factor.diagonal[d + c * q + j];
                    }
                    y[r * q + j] = sum / factor.diagonal[d + j * q + j];
                }
            }
            Arrays.fill(z, 0, m * q, 0);
            multiply(u, q);
            for (int i = 0; i < m * q; i++) {
                panels[p + i] = -z[i];
            }
            inverseBlock(q, d);
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    double sum = 0;
                    for (int r = 0; r < m; r++) {
                        sum += y[r * q + i] * z[r * q + j];
                    }
                    diagonal[d + i * q + j] += sum;
                }
            }
        }

        /** L^-T L^-1 of a diagonal block. */
        private void inverseBlock(final int q, final int d) {
            if (q == 1) {
                diagonal[d] = 1 / factor.diagonal[d] / factor.diagonal[d];
                return;
            }
            final double[] column = new double[q];
            for (int j = 0; j < q; j++) {
                Arrays.fill(column, 0);
                column[j] = 1;
                for (int i = j; i < q; i++) {
                    for (int c = j; c < i; c++) {
                        column[i] -= factor.diagonal[d + i * q + c] * column[c];
                    }
                    column[i] /= factor.diagonal[d + i * q + i];
                }
                for (int i = q - 1; i >= 0; i--) {
                    for (int c = i + 1; c < q; c++) {
                        column[i] -= factor.diagonal[d + c * q + i] * column[c];
                    }
                    column[i] /= factor.diagonal[d + i * q + i];
                    diagonal[d + i * q + j] = column[i];
                }
            }
        }

        /** z = S_rows,rows y. */
        private void multiply(final int u, final int q) {
            int target = symbolic.targetStart[u];
            for (int a = symbolic.linkStart[u]; a < symbolic.linkStart[u + 1]; a++) {
                final int v = symbolic.linked[a];
                final int rowA = symbolic.linkRow[a];
                if (v >= symbolic.head) {
                    multiplyCore(u, q, rowA);
                    return;
                }
                final int qv = symbolic.size[v];
                for (int i = 0; i < qv; i++) {
                    for (int j = 0; j < qv; j++) {
                        addScaled(rowA + i, rowA + j, q, diagonal[symbolic.diagonal[v] + i * qv + j]);
                    }
                }
                for (int b = a + 1; b < symbolic.linkStart[u + 1]; b++) {
                    final int w = symbolic.linked[b];
                    final int rowB = symbolic.linkRow[b];
                    final int at = symbolic.targets == null ? symbolic.place(v, w) : symbolic.targets[target++];
                    if (q == 1 && qv == 1 && symbolic.size[w] == 1) {
                        z[rowB] += panels[at] * y[rowA];
                        z[rowA] += panels[at] * y[rowB];
                        continue;
                    }
                    for (int i = 0; i < symbolic.size[w]; i++) {
                        for (int j = 0; j < qv; j++) {
                            final double s = panels[at + i * qv + j];
                            addScaled(rowB + i, rowA + j, q, s);
                            addScaled(rowA + j, rowB + i, q, s);
                        }
                    }
                }
            }
        }

        private void addScaled(final int to, final int from, final int q, final double s) {
            for (int c = 0; c < q; c++) {
                z[to * q + c] += s * y[from * q + c];
            }
        }

        private void multiplyCore(final int u, final int q, final int fromRow) {
            final double[] s = factor.core.entries();
            final int first = symbolic.coreStart();
            final int r = factor.rowStart(u);
            for (int i = fromRow; i < symbolic.rows[u]; i++) {
                final int row = (factor.rowScalar(r + i) - first) * factor.core.stride() - first;
                if (q == 1) {
                    final double yi = y[i];
                    double sum = s[row + factor.rowScalar(r + i)] * yi;
                    for (int j = fromRow; j < i; j++) {
                        final double x = s[row + factor.rowScalar(r + j)];
                        sum += x * y[j];
                        z[j] += x * yi;
                    }
                    z[i] += sum;
                } else {
                    addScaled(i, i, q, s[row + factor.rowScalar(r + i)]);
                    for (int j = fromRow; j < i; j++) {
                        final double x = s[row + factor.rowScalar(r + j)];
                        addScaled(i, j, q, x);
                        addScaled(j, i, q, x);
                    }
                }
            }
        }
    }
}
