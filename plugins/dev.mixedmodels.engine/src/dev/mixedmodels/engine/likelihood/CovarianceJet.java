package dev.mixedmodels.engine.likelihood;

import java.util.Arrays;

/**
 * What a Gaussian likelihood needs of V(theta) and its first and second derivatives at one theta: with W = [X y],
 * V_k = dV/dtheta_k and V_kl = d2V/dtheta_k dtheta_l, traces and w x w products. The latter are symmetrised and packed
 * by rows of the lower triangle. Derivatives by other parameters follow by the chain rule ({@link #change}).
 *
 * @param w number of columns of W
 * @param rows N
 * @param logDeterminant log |V|
 * @param k0 W'V^-1 W
 * @param trace tr(V^-1 V_k)
 * @param k1 W'V^-1 V_k V^-1 W
 * @param trace2 tr(V^-1 V_k V^-1 V_l)
 * @param k2 W'V^-1 V_k V^-1 V_l V^-1 W
 * @param curvatureTrace tr(V^-1 V_kl)
 * @param curvature W'V^-1 V_kl V^-1 W
 */
public record CovarianceJet(int w, long rows, double logDeterminant, double[] k0, double[] trace, double[][] k1,
    double[][] trace2, double[][][] k2, double[][] curvatureTrace, double[][][] curvature) {

    /**
     * The jet in the elements of D (by rows of the lower triangle), the residual parameters, and log s of a factor s
     * of the whole of V, at s = 1.
     */
    public static CovarianceJet of(final JetSums sums, final long rows) {
        final int d = sums.elements;
        final int m = d + sums.residual + 1;
        final int packed = sums.packed;
        final CovarianceJet jet = empty(sums.w, rows, sums.logDeterminant(), sums.k0, m, sums.gg.length > 0
            || sums.trace2.length > 0 || m == 1);
        if (sums.g.length < d || sums.trace.length < sums.residual) {
            return jet;
        }
        final int[][] entry = entries(sums.q);
        for (int k = 0; k < d; k++) {
            final double twice = entry[k][0] == entry[k][1] ? 1 : 2;
            jet.trace[k] = twice * sums.g[k];
            Packed.add(twice, sums.hh, k * packed, jet.k1[k], 0, packed);
        }
        for (int k = 0; k < sums.residual; k++) {
            jet.trace[d + k] = sums.trace[k];
            Packed.add(1, sums.k1, k * packed, jet.k1[d + k], 0, packed);
        }
        jet.trace[m - 1] = rows;
        Packed.add(1, sums.k0, 0, jet.k1[m - 1], 0, packed);
        if (jet.trace2.length > 0) {
            for (int k = 0; k < d; k++) {
                for (int l = 0; l <= k; l++) {
                    jet.elements(sums, k, entry[k], l, entry[l]);
                }
            }
            jet.residuals(sums, entry);
            jet.scale();
        }
        return jet;
    }

    private static CovarianceJet empty(final int w, final long rows, final double logDeterminant, final double[] k0,
        final int m, final boolean second) {
        final int packed = k0.length;
        final int n = second ? m : 0;
        return new CovarianceJet(w, rows, logDeterminant, k0, new double[m], new double[m][packed],
            new double[n][n], new double[n][n][packed], new double[n][n], new double[n][n][packed]);
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
        final int packed = sums.packed;
        for (int i = 0; i < (ab[0] == ab[1] ? 1 : 2); i++) {
            for (int j = 0; j < (cd[0] == cd[1] ? 1 : 2); j++) {
                final int outer = Packed.at(ab[i], cd[1 - j]);
                final int inner = Packed.at(ab[1 - i], cd[j]);
                trace2[k][l] += sums.gg[outer * d + inner];
                Packed.add(1, sums.ghh, (inner * d + outer) * packed, k2[k][l], 0, packed);
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
                trace2[d + k][e] = (entry[e][0] == entry[e][1] ? 1 : 2) * sums.n[at];
                Packed.add(1, sums.hj, at * packed, k2[d + k][e], 0, packed);
                mirror(d + k, e);
            }
            for (int l = 0; l <= k; l++) {
                final int at = k * sums.residual + l;
                trace2[d + k][d + l] = sums.trace2[at];
                curvatureTrace[d + k][d + l] = sums.curvatureTrace[at];
                Packed.add(1, sums.k2, at * packed, k2[d + k][d + l], 0, packed);
                Packed.add(1, sums.curvature, at * packed, curvature[d + k][d + l], 0, packed);
                mirror(d + k, d + l);
            }
        }
    }

    /** The derivative of V by log s is V itself. */
    private void scale() {
        final int s = trace.length - 1;
        for (int k = 0; k <= s; k++) {
            trace2[s][k] = trace[k];
            curvatureTrace[s][k] = trace[k];
            System.arraycopy(k1[k], 0, k2[s][k], 0, k0.length);
            System.arraycopy(k1[k], 0, curvature[s][k], 0, k0.length);
            mirror(s, k);
        }
    }

    private void mirror(final int k, final int l) {
        trace2[l][k] = trace2[k][l];
        k2[l][k] = k2[k][l];
        curvatureTrace[l][k] = curvatureTrace[k][l];
        curvature[l][k] = curvature[k][l];
    }

    /**
     * The jet of s V for a constant s: traces stay, products are divided by s.
     *
     * @param s positive
     * @return the jet
     */
    public CovarianceJet scaled(final double s) {
        final CovarianceJet jet = empty(w, rows, logDeterminant + rows * Math.log(s), k0.clone(), trace.length,
            trace2.length > 0);
        divide(jet.k0, s);
        System.arraycopy(trace, 0, jet.trace, 0, trace.length);
        for (int k = 0; k < trace.length; k++) {
            Packed.add(1 / s, k1[k], 0, jet.k1[k], 0, k0.length);
        }
        for (int k = 0; k < trace2.length; k++) {
            for (int l = 0; l <= k; l++) {
                jet.trace2[k][l] = trace2[k][l];
                jet.curvatureTrace[k][l] = curvatureTrace[k][l];
                Packed.add(1 / s, k2[k][l], 0, jet.k2[k][l], 0, k0.length);
                Packed.add(1 / s, curvature[k][l], 0, jet.curvature[k][l], 0, k0.length);
                jet.mirror(k, l);
            }
        }
        return jet;
    }

    private static void divide(final double[] a, final double s) {
        Arrays.setAll(a, i -> a[i] / s);
    }

    /**
     * This and another jet together.
     *
     * @param other a jet by the same parameters
     * @param sign 1 to add it, -1 to take it off
     * @return the sum; with second derivatives if both have them
     */
    public CovarianceJet plus(final CovarianceJet other, final int sign) {
        final boolean second = trace2.length > 0 && other.trace2.length > 0;
        final CovarianceJet sum = empty(w, rows + sign * other.rows, logDeterminant + sign * other.logDeterminant, k0.clone(),
            trace.length, second);
        Packed.add(sign, other.k0, 0, sum.k0, 0, k0.length);
        sum.addDerivatives(1, this);
        sum.addDerivatives(sign, other);
        return sum;
    }

    private void addDerivatives(final int sign, final CovarianceJet other) {
        Packed.add(sign, other.trace, 0, trace, 0, trace.length);
        for (int k = 0; k < trace.length; k++) {
            Packed.add(sign, other.k1[k], 0, k1[k], 0, k0.length);
            for (int l = 0; l <= k && trace2.length > 0; l++) {
                trace2[k][l] += sign * other.trace2[k][l];
                curvatureTrace[k][l] += sign * other.curvatureTrace[k][l];
                Packed.add(sign, other.k2[k][l], 0, k2[k][l], 0, k0.length);
                Packed.add(sign, other.curvature[k][l], 0, curvature[k][l], 0, k0.length);
                mirror(k, l);
            }
        }
    }

    /**
     * The jet in other parameters phi of which these theta are functions.
     *
     * @param first dtheta_a / dphi_k, m x n
     * @param second d2theta_a / dphi_k dphi_l, m x n x n; a null entry is zero
     * @return the jet in the n parameters phi
     */
    public CovarianceJet change(final double[][] first, final double[][][] second) {
        final int m = trace.length;
        final int n = m == 0 ? 0 : first[0].length;
        final CovarianceJet jet = empty(w, rows, logDeterminant, k0, n, trace2.length > 0);
        for (int k = 0; k < n; k++) {
            for (int a = 0; a < m; a++) {
                if (first[a][k] != 0) {
                    jet.trace[k] += first[a][k] * trace[a];
                    Packed.add(first[a][k], k1[a], 0, jet.k1[k], 0, k0.length);
                }
            }
        }
        if (trace2.length > 0) {
            for (int k = 0; k < n; k++) {
                for (int l = 0; l <= k; l++) {
                    pair(jet, k, l, first, second);
                    jet.mirror(k, l);
                }
            }
        }
        return jet;
    }

    private void pair(final CovarianceJet jet, final int k, final int l, final double[][] first,
        final double[][][] second) {
        final int m = trace.length;
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                final double weight = first[a][k] * first[b][l];
                if (weight != 0) {
                    jet.trace2[k][l] += weight * trace2[a][b];
                    jet.curvatureTrace[k][l] += weight * curvatureTrace[a][b];
                    Packed.add(weight, k2[a][b], 0, jet.k2[k][l], 0, k0.length);
                    Packed.add(weight, curvature[a][b], 0, jet.curvature[k][l], 0, k0.length);
                }
            }
            final double weight = second[a] == null ? 0 : second[a][k][l];
            if (weight != 0) {
                jet.curvatureTrace[k][l] += weight * trace[a];
                Packed.add(weight, k1[a], 0, jet.curvature[k][l], 0, k0.length);
            }
        }
    }
}
