package dev.mixedmodels.engine.likelihood;

import java.util.Arrays;

/**
 * Sums over all pairs of units i of factor k and j of factor l of (I - S)_ij^2, S = M^-1, where every unit has one
 * effect. Since Lambda Z'V^-1 Z Lambda = I - S they are tr V^-1 G_k V^-1 G_l with G_k = lambda_k^2 Z_k Z_k'.
 * <p>
 * A unit u before the core with panel P, rows R and diagonal entry L has S_uj = a'S_Rj, a = -P / L, for all units j but
 * u and those eliminated into it, and for each i of the latter S_ij = c_i'S_Rj likewise. With N_k = sum of c_i c_i' over
 * u and what is eliminated into it, as far as it is of factor k, the pairs of units of two such branches over the same
 * rows have the sum tr N_k S N_l S. So pairs are counted where their branches meet, as the trace of the N together less
 * those of each.
 */
final class SquaredInverse {
    /** Most panel rows of a unit that others are eliminated into: its work grows with their third power. */
    private static final int NARROW = 8;
    /** Most effects of the core: its products take as much memory as itself, for a factor before it. */
    private static final int CORE = 4_096;

    private final BlockedFactor factor;
    private final SelectedInverse inverse;
    private final SymbolicFactor symbolic;
    private final int factors;
    /**
     * For each unit that others are eliminated into the N_k, one k after the other: of the unit and its rows, as long as
     * units are eliminated into it, then of its rows. Null for other units.
     */
    private final double[][] branches;
    private final double[][] sums;

    private SquaredInverse(final BlockedFactor factor, final SelectedInverse inverse) {
        this.factor = factor;
        this.inverse = inverse;
        symbolic = factor.symbolic;
        factors = factor.data.levels().length;
        branches = new double[symbolic.head][];
        sums = new double[factors][factors];
    }

    /**
     * @param symbolic where the entries of a factor are
     * @return whether the sums are to be had for about what the inverse costs: units have one effect each, and those
     *         that others are eliminated into have few rows, as a level has within others
     */
    static boolean feasible(final SymbolicFactor symbolic) {
        for (int u = 0; u < symbolic.head; u++) {
            if (!symbolic.onlyCore(u) && symbolic.rows[symbolic.parent(u)] > NARROW) {
                return false;
            }
        }
        return symbolic.coreSize() <= CORE && Arrays.stream(symbolic.size).allMatch(effects -> effects == 1);
    }

    /**
     * @param factor of M, the core of S in the place of its own
     * @param inverse the other entries of S
     * @return the sums, factors x factors
     */
    static double[][] of(final BlockedFactor factor, final SelectedInverse inverse) {
        return new SquaredInverse(factor, inverse).compute();
    }

    private double[][] compute() {
        for (int u = 0; u < symbolic.head; u++) {
            final int k = factor.factorOf(u);
            sums[k][k] += (1 - inverse.diagonal[u]) * (1 - inverse.diagonal[u]);
            final double[] a = factor.coefficients(u);
            if (branches[u] == null) {
                double square = 0;
                for (int r = 0; r < a.length; r++) {
                    square += a[r] * inverse.panels[symbolic.panel[u] + r];
                }
                sums[k][k] -= square * square;
            } else {
                branches[u] = eliminated(u, k, a);
            }
            if (!symbolic.onlyCore(u)) {
                addToParent(u, k, a);
            }
        }
        if (symbolic.coreSize() > 0) {
            new CoreSquares(factor, branches).addTo(sums);
        }
        for (int k = 0; k < factors; k++) {
            for (int l = 0; l < k; l++) {
                sums[k][l] = sums[l][k];
            }
        }
        return sums;
    }

    /** Counts the pairs that meet in a unit and takes it out of its N. */
    private double[] eliminated(final int u, final int k, final double[] a) {
        final int m = a.length;
        final int width = m + 1;
        final double[] with = branches[u];
        final double[] s = entries(u);
        addTraces(1, with, s, width);
        final double[] own = Arrays.copyOf(s, width);
        for (int l = 0; l < factors; l++) { // the unit with each of the others, but not with itself
            final double[] n = Arrays.copyOfRange(with, l * width * width, (l + 1) * width * width);
            sums[Math.min(k, l)][Math.max(k, l)] += (k == l ? 2 : 1) * SmallMatrix.bilinear(n, own, own);
        }
        with[k * width * width]++;
        final double[] without = new double[factors * m * m];
        for (int l = 0; l < factors; l++) {
            final int from = l * width * width;
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    without[(l * m + i) * m + j] = with[from + (i + 1) * width + j + 1] + with[from + (i + 1) * width] * a[j]
                        + a[i] * with[from + j + 1] + a[i] * with[from] * a[j];
                }
            }
        }
        final double[] ofRows = new double[m * m];
        for (int i = 0; i < m; i++) {
            System.arraycopy(s, (i + 1) * width + 1, ofRows, i * m, m);
        }
        addTraces(-1, without, ofRows, m);
        return without;
    }

    /** S of a unit and its rows. */
    private double[] entries(final int u) {
        final int width = symbolic.rows[u] + 1;
        final double[] s = new double[width * width];
        s[0] = inverse.diagonal[u];
        for (int i = 1; i < width; i++) {
            final int v = symbolic.linked[symbolic.linkStart[u] + i - 1];
            s[i] = inverse.panels[symbolic.panel[u] + i - 1];
            s[i * width] = s[i];
            for (int j = i; j < width; j++) {
                s[i * width + j] = inverse.entry(v, symbolic.linked[symbolic.linkStart[u] + j - 1]);
                s[j * width + i] = s[i * width + j];
            }
        }
        return s;
    }

    /** Adds sign tr N_k S N_l S for all k and l. */
    private void addTraces(final int sign, final double[] n, final double[] s, final int width) {
        final double[][] products = new double[factors][];
        for (int k = 0; k < factors; k++) {
            products[k] = SmallMatrix.multiply(Arrays.copyOfRange(n, k * width * width, (k + 1) * width * width), s, width);
            for (int l = 0; l <= k; l++) {
                sums[l][k] += sign * SmallMatrix.traceOfProduct(products[l], products[k], width);
            }
        }
    }

    private void addToParent(final int u, final int k, final double[] a) {
        final int parent = symbolic.parent(u);
        final int width = symbolic.rows[parent] + 1;
        final int m = a.length;
        if (branches[parent] == null) {
            branches[parent] = new double[factors * width * width];
        }
        final int[] place = new int[m]; // the first of the rows is the parent
        for (int i = 1; i < m; i++) {
            place[i] = 1 + symbolic.rowOf(parent, symbolic.linked[symbolic.linkStart[u] + i]);
        }
        final double[] to = branches[parent];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                final int at = place[i] * width + place[j];
                if (branches[u] == null) {
                    to[k * width * width + at] += a[i] * a[j];
                    continue;
                }
                for (int l = 0; l < factors; l++) {
                    to[l * width * width + at] += branches[u][(l * m + i) * m + j];
                }
            }
        }
        branches[u] = null;
    }
}
