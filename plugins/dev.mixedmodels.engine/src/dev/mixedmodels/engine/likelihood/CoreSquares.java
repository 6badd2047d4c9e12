package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Parallel;
import java.util.Arrays;

/**
 * The part of {@link SquaredInverse} in the dense core: pairs of units of which each is in the core or eliminated into
 * it from another branch, tr N_k S N_l S with N_k = D_k + sum of aa' over units that are linked with the core alone, D_k
 * picking the units of factor k in the core. Columns of N_k S are computed some at a time, each unit's aa' by two
 * products with rows of S.
 */
final class CoreSquares {
    /** Columns of one task: as many fit the second-level cache with some hundred rows, and loops are long. */
    private static final int COLUMNS = 64;

    private final BlockedFactor factor;
    private final SymbolicFactor symbolic;
    private final double[][] branches;
    private final int n;
    private final int stride;
    private final double[] s;
    private final int[] factorOf;
    /** N_k S, n x n, of factors with units before the core, else null. */
    private final double[][] products;
    /** (S N_k S)_jj; for the factors without, N_k = D_k, less S_jj^2. */
    private final double[][] diagonals;

    /**
     * @param factor of M, the core of S in the place of its own
     * @param branches N_k of the rows of a unit, one k after the other; null where it is aa' of the unit's factor
     */
    CoreSquares(final BlockedFactor factor, final double[][] branches) {
        this.factor = factor;
        this.branches = branches;
        symbolic = factor.symbolic;
        n = symbolic.coreSize();
        stride = factor.core.stride();
        s = factor.core.entries();
        factorOf = new int[n];
        Arrays.setAll(factorOf, i -> factor.factorOf(symbolic.head + i));
        products = new double[factor.data.levels().length][];
        diagonals = new double[products.length][n];
        for (int u = 0; u < symbolic.head; u++) {
            final int k = factor.factorOf(u);
            products[k] = products[k] == null ? new double[n * n] : products[k];
        }
    }

    /** Adds the sums for k &lt;= l. */
    void addTo(final double[][] sums) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                s[j * stride + i] = s[i * stride + j];
            }
        }
        Parallel.forEach((n + COLUMNS - 1) / COLUMNS, task -> columns(task * COLUMNS, Math.min(n, (task + 1) * COLUMNS)));
        for (int k = 0; k < products.length; k++) {
            for (int l = k; l < products.length; l++) {
                if (products[k] != null && products[l] != null) {
                    sums[k][l] += traceOfProduct(products[k], products[l]);
                } else {
                    final int direct = products[l] == null ? l : k;
                    for (int j = 0; j < n; j++) {
                        sums[k][l] += factorOf[j] == direct ? diagonals[k + l - direct][j] : 0;
                    }
                }
            }
        }
        for (int i = 0; i < n; i++) {
            final double x = s[i * stride + i];
            sums[factorOf[i]][factorOf[i]] += (1 - x) * (1 - x) - (products[factorOf[i]] == null ? 0 : x * x);
        }
    }

    private void columns(final int first, final int end) {
        final int width = end - first;
        final double[][] x = new double[n][width];
        for (int i = 0; i < n; i++) {
            System.arraycopy(s, i * stride + first, x[i], 0, width);
        }
        for (int k = 0; k < products.length; k++) {
            final double[][] y = new double[n][width]; // N_k x
            final double[] sums = new double[width];
            if (products[k] != null) {
                addBranches(k, x, y, width);
            }
            for (int i = 0; i < n; i++) {
                if (factorOf[i] == k) {
                    Packed.add(y[i], 1, x[i]);
                    if (products[k] == null && i >= first && i < end) {
                        y[i][i - first] = 0; // not with itself
                    }
                }
                addProducts(x[i], y[i], sums, width);
                if (products[k] != null) {
                    System.arraycopy(y[i], 0, products[k], i * n + first, width);
                }
            }
            System.arraycopy(sums, 0, diagonals[k], first, width);
        }
    }

    private void addBranches(final int k, final double[][] x, final double[][] y, final int width) {
        final double[] t = new double[width];
        for (int u = 0; u < symbolic.head; u++) {
            if (!symbolic.onlyCore(u) || branches[u] == null && factor.factorOf(u) != k) {
                continue;
            }
            final int from = symbolic.linkStart[u];
            final int m = symbolic.rows[u];
            if (branches[u] == null) {
                addOuter(factor.coefficients(u), from, x, y, t);
                continue;
            }
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    Packed.add(y[row(from + i)], branches[u][(k * m + i) * m + j], x[row(from + j)]);
                }
            }
        }
    }

    /** y += a a'x over the rows that are linked from a place on, four at a time; t is room for a'x. */
    private void addOuter(final double[] a, final int from, final double[][] x, final double[][] y, final double[] t) {
        final int four = a.length / 4 * 4;
        Arrays.fill(t, 0);
        for (int r = 0; r < four; r += 4) {
            final int at = from + r;
            addFour(a, r, x[row(at)], x[row(at + 1)], x[row(at + 2)], x[row(at + 3)], t);
        }
        for (int r = four; r < a.length; r++) {
            Packed.add(t, a[r], x[row(from + r)]);
        }
        for (int r = 0; r < four; r += 4) {
            final int at = from + r;
            addToFour(a, r, t, y[row(at)], y[row(at + 1)], y[row(at + 2)], y[row(at + 3)]);
        }
        for (int r = four; r < a.length; r++) {
            Packed.add(y[row(from + r)], a[r], t);
        }
    }

    private int row(final int link) {
        return symbolic.linked[link] - symbolic.head;
    }

    private static void addFour(final double[] a, final int r, final double[] x0, final double[] x1, final double[] x2,
        final double[] x3, final double[] to) {
        final double a0 = a[r];
        final double a1 = a[r + 1];
        final double a2 = a[r + 2];
        final double a3 = a[r + 3];
        for (int j = 0; j < to.length; j++) {
            to[j] += a0 * x0[j] + a1 * x1[j] + (a2 * x2[j] + a3 * x3[j]);
        }
    }

    private static void addToFour(final double[] a, final int r, final double[] x, final double[] to0, final double[] to1,
        final double[] to2, final double[] to3) {
        final double a0 = a[r];
        final double a1 = a[r + 1];
        final double a2 = a[r + 2];
        final double a3 = a[r + 3];
        for (int j = 0; j < x.length; j++) {
            to0[j] += a0 * x[j];
            to1[j] += a1 * x[j];
            to2[j] += a2 * x[j];
            to3[j] += a3 * x[j];
        }
    }

    private static void addProducts(final double[] x, final double[] y, final double[] to, final int width) {
        for (int j = 0; j < width; j++) {
            to[j] += x[j] * y[j];
        }
    }

    /** tr A B, n x n. */
    private double traceOfProduct(final double[] a, final double[] b) {
        final double[] parts = new double[(n + COLUMNS - 1) / COLUMNS];
        Parallel.forEach(parts.length, task -> {
            for (int j = 0; j < n; j++) {
                for (int i = task * COLUMNS; i < Math.min(n, (task + 1) * COLUMNS); i++) {
                    parts[task] += a[i * n + j] * b[j * n + i];
                }
            }
        });
        return Arrays.stream(parts).sum();
    }
}
