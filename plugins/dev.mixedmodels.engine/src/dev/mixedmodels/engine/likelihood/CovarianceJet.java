package dev.mixedmodels.engine.likelihood;

import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * What a Gaussian likelihood needs of V(theta) and its first and second derivatives at one theta: with W = [X y],
 * V_k = dV/dtheta_k and V_kl = d2V/dtheta_k dtheta_l, w x w products and, behind them, traces. The products are
 * symmetrised and packed by rows of the lower triangle. Derivatives by other parameters follow by the chain rule
 * ({@link #change}).
 *
 * @param w number of columns of W
 * @param rows N
 * @param logDeterminant log |V|
 * @param k0 W'V^-1 W
 * @param first W'V^-1 V_k V^-1 W and tr(V^-1 V_k) by k
 * @param second W'V^-1 V_k V^-1 V_l V^-1 W and tr(V^-1 V_k V^-1 V_l) by k, l; empty if it was not asked for
 * @param curvature W'V^-1 V_kl V^-1 W and tr(V^-1 V_kl) by k, l; empty as well
 */
public record CovarianceJet(int w, long rows, double logDeterminant, double[] k0, double[][] first, double[][][] second,
    double[][][] curvature) {

    /**
     * The jet in the elements of D (by rows of the lower triangle), the residual parameters, and log s of a factor s
     * of the whole of V, at s = 1.
     */
    public static CovarianceJet of(final JetSums sums, final long rows) {
        final int d = sums.elements;
        final int m = d + sums.residual + 1;
        final int packed = sums.packed;
        final int n = sums.gg.length > 0 || sums.trace2.length > 0 || m == 1 ? m : 0;
        final CovarianceJet jet = new CovarianceJet(sums.w, rows, sums.logDeterminant(), sums.k0,
            new double[m][packed + 1], new double[n][n][packed + 1], new double[n][n][packed + 1]);
        if (sums.g.length < d || sums.trace.length < sums.residual) {
            return jet;
        }
        final int[][] entry = entries(sums.q);
        for (int k = 0; k < d; k++) {
            final double twice = entry[k][0] == entry[k][1] ? 1 : 2;
            add(jet.first[k], twice * sums.g[k], twice, sums.hh, k * packed);
        }
        for (int k = 0; k < sums.residual; k++) {
            add(jet.first[d + k], sums.trace[k], 1, sums.k1, k * packed);
        }
        add(jet.first[m - 1], rows, 1, sums.k0, 0);
        if (n > 0) {
            for (int k = 0; k < d; k++) {
                for (int l = 0; l <= k; l++) {
                    jet.elements(sums, k, entry[k], l, entry[l]);
                }
            }
            jet.residuals(sums, entry);
            for (int k = 0; k < m; k++) { // the derivative of V by log s is V itself
                jet.second[m - 1][k] = jet.first[k];
                jet.curvature[m - 1][k] = jet.first[k];
                jet.mirror(m - 1, k);
            }
        }
        return jet;
    }

    /**
     * A jet without second derivatives.
     *
     * @param w number of columns of W
     * @param rows N
     * @param logDeterminant log |V|
     * @param k0 W'V^-1 W
     * @param trace tr(V^-1 V_k) by k
     * @param products W'V^-1 V_k V^-1 W by k
     * @return the jet
     */
    public static CovarianceJet of(final int w, final long rows, final double logDeterminant, final double[] k0,
        final double[] trace, final double[][] products) {
        final double[][] first = new double[trace.length][k0.length + 1];
        for (int k = 0; k < first.length; k++) {
            add(first[k], trace[k], 1, products[k], 0);
        }
        return new CovarianceJet(w, rows, logDeterminant, k0, first, new double[0][][], new double[0][][]);
    }

    private static void add(final double[] to, final double trace, final double factor, final double[] products,
        final int at) {
        to[to.length - 1] += trace;
        Packed.add(factor, products, at, to, 0, to.length - 1);
    }

    /** Row and column of each element of a packed symmetric q x q matrix. */
    static int[][] entries(final int q) {
        final int[][] entries = new int[q * (q + 1) / 2][];
        for (int i = 0, k = 0; i < q; i++) {
            for (int j = 0; j <= i; j++, k++) {
                entries[k] = new int[] {i, j};
            }
        }
        return entries;
    }

    /** With E_ab = e_a e_b' + e_b e_a': tr(G E_ab G E_cd) and H'E_ab G E_cd H, a sum over both orders of each pair. */
    private void elements(final JetSums sums, final int k, final int[] ab, final int l, final int[] cd) {
        final int d = sums.elements;
        for (int i = 0; i < (ab[0] == ab[1] ? 1 : 2); i++) {
            for (int j = 0; j < (cd[0] == cd[1] ? 1 : 2); j++) {
                final int outer = Packed.at(ab[i], cd[1 - j]);
                final int inner = Packed.at(ab[1 - i], cd[j]);
                add(second[k][l], sums.gg[outer * d + inner], 1, sums.ghh, (inner * d + outer) * sums.packed);
            }
        }
        mirror(k, l);
    }

    private void residuals(final JetSums sums, final int[][] entry) {
        final int d = sums.elements;
        final int packed = sums.packed;
        for (int k = 0; k < sums.residual; k++) {
            for (int e = 0; e < d; e++) {
                final int at = k * d + e;
                add(second[d + k][e], (entry[e][0] == entry[e][1] ? 1 : 2) * sums.n[at], 1, sums.hj, at * packed);
                mirror(d + k, e);
            }
            for (int l = 0; l <= k; l++) {
                final int at = k * sums.residual + l;
                add(second[d + k][d + l], sums.trace2[at], 1, sums.k2, at * packed);
                add(curvature[d + k][d + l], sums.curvatureTrace[at], 1, sums.curvature, at * packed);
                mirror(d + k, d + l);
            }
        }
    }

    private void mirror(final int k, final int l) {
        second[l][k] = second[k][l];
        curvature[l][k] = curvature[k][l];
    }

    /**
     * @return number of parameters
     */
    public int parameters() {
        return first.length;
    }

    double trace(final double[] products) {
        return products[k0.length];
    }

    /**
     * @return tr(V^-1 V_k V^-1 V_l) by k, l
     */
    public double[][] trace2() {
        return Arrays.stream(second).map(row -> Arrays.stream(row).mapToDouble(this::trace).toArray())
            .toArray(double[][]::new);
    }

    /**
     * The jet of s V for a constant s: traces stay, products are divided by s.
     *
     * @param s positive
     * @return the jet
     */
    public CovarianceJet scaled(final double s) {
        return new CovarianceJet(w, rows, logDeterminant + rows * Math.log(s), Arrays.stream(k0).map(k -> k / s)
            .toArray(), Arrays.stream(first).map(products -> scaled(products, s)).toArray(double[][]::new),
            symmetric(second.length, (k, l) -> scaled(second[k][l], s)),
            symmetric(curvature.length, (k, l) -> scaled(curvature[k][l], s)));
    }

    private double[] scaled(final double[] products, final double s) {
        final double[] scaled = new double[products.length];
        add(scaled, trace(products), 1 / s, products, 0);
        return scaled;
    }

    private static double[][][] symmetric(final int n, final BiFunction<Integer, Integer, double[]> entry) {
        final double[][][] all = new double[n][n][];
        for (int k = 0; k < n; k++) {
            for (int l = 0; l <= k; l++) {
                all[k][l] = entry.apply(k, l);
                all[l][k] = all[k][l];
            }
        }
        return all;
    }

    /**
     * This and another jet together.
     *
     * @param other a jet by the same parameters
     * @param sign 1 to add it, -1 to take it off
     * @return the sum; with second derivatives if both have them
     */
    public CovarianceJet plus(final CovarianceJet other, final int sign) {
        final int n = Math.min(second.length, other.second.length);
        final double[][] sums = new double[first.length][];
        Arrays.setAll(sums, k -> sum(first[k], sign, other.first[k]));
        return new CovarianceJet(w, rows + sign * other.rows, logDeterminant + sign * other.logDeterminant,
            sum(k0, sign, other.k0), sums, symmetric(n, (k, l) -> sum(second[k][l], sign, other.second[k][l])),
            symmetric(n, (k, l) -> sum(curvature[k][l], sign, other.curvature[k][l])));
    }

    private static double[] sum(final double[] one, final int sign, final double[] other) {
        final double[] sum = one.clone();
        Packed.add(sum, sign, other);
        return sum;
    }

    /**
     * The jet in other parameters phi of which these theta are linear functions.
     *
     * @param byNew dtheta_a / dphi_k, m x n
     * @return the jet in the n parameters phi
     */
    public CovarianceJet change(final double[][] byNew) {
        return change(byNew, new double[byNew.length][][]);
    }

    /**
     * The jet in other parameters phi of which these theta are functions.
     *
     * @param byNew dtheta_a / dphi_k, m x n
     * @param twice d2theta_a / dphi_k dphi_l, m x n x n; a null entry is zero
     * @return the jet in the n parameters phi
     */
    public CovarianceJet change(final double[][] byNew, final double[][][] twice) {
        final int m = first.length;
        final int n = m == 0 ? 0 : byNew[0].length;
        final int size = k0.length + 1;
        final double[][] sums = new double[n][size];
        for (int k = 0; k < n; k++) {
            for (int a = 0; a < m; a++) {
                if (byNew[a][k] != 0) {
                    Packed.add(sums[k], byNew[a][k], first[a]);
                }
            }
        }
        final int pairs = second.length > 0 ? n : 0;
        final CovarianceJet jet = new CovarianceJet(w, rows, logDeterminant, k0, sums, new double[pairs][pairs][size],
            new double[pairs][pairs][size]);
        for (int k = 0; k < pairs; k++) {
            for (int l = 0; l <= k; l++) {
                pair(jet.second[k][l], jet.curvature[k][l], k, l, byNew, twice);
                jet.mirror(k, l);
            }
        }
        return jet;
    }

    private void pair(final double[] products, final double[] curved, final int k, final int l, final double[][] byNew,
        final double[][][] twice) {
        final int m = first.length;
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                final double weight = byNew[a][k] * byNew[b][l];
                if (weight != 0) {
                    Packed.add(products, weight, second[a][b]);
                    Packed.add(curved, weight, curvature[a][b]);
                }
            }
            final double weight = twice[a] == null ? 0 : twice[a][k][l];
            if (weight != 0) {
                Packed.add(curved, weight, first[a]);
            }
        }
    }
}
