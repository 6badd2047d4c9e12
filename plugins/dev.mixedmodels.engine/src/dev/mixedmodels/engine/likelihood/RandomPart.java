package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.Arrays;

/**
 * The part of one subject's likelihood that comes from its random effects, from the factor of its whitened
 * cross-products: with Sigma^-1/2 Z = Q C', Q'Q = I (C is q x q, lower triangular, its zero columns mean directions
 * that the subject says nothing about) and B = Q' Sigma^-1/2 W,
 * log |V| = log |Sigma| + log |S|, S = I + C'DC, and with E = L^-1 [C' B], S = LL':
 * [Z W]'V^-1 [Z W] = E'E + (what lies outside the columns of Z, which does not depend on D).
 * The form I + C'DC needs no inverse of D, so that D may be singular, and subtracts nothing. A workspace of one thread.
 */
final class RandomPart {
    /** A pivot below this fraction of the diagonal is rounding error of a rank-deficient Z_i. */
    private static final double RANK_TOLERANCE = 1e-13;

    private final int q;
    private final int w;
    private final double[] factor;
    private final double[] s;
    private final double[] cf;
    private final double[] e;
    private final double[] h;
    private final double[] hh;
    private final double[] g;

    /**
     * @param q number of random effects
     * @param w number of columns of W = [X y]
     * @param factor F, q x q, with D = F F'
     */
    RandomPart(final int q, final int w, final double[] factor) {
        this.q = q;
        this.w = w;
        this.factor = factor;
        s = new double[q * q];
        cf = new double[q * q];
        e = new double[q * (q + w)];
        h = new double[q * w];
        g = new double[q * (q + 1) / 2];
        hh = new double[g.length * w * (w + 1) / 2];
    }

    /**
     * Factors the cross-products of a subject in place: A_zz = C C', B = C^-1 A_zw, A_ww - B'B.
     *
     * @param a (q+w) x (q+w), row-major, lower triangle in; on return C in the first q columns above, B' below, and
     *            the rest of W outside the columns of Z in the lower right block
     */
    static void reduce(final double[] a, final int q, final int w) {
        final int c = q + w;
        for (int k = 0; k < q; k++) {
            double pivot = a[k * c + k];
            final double limit = RANK_TOLERANCE * pivot;
            for (int j = 0; j < k; j++) {
                pivot -= a[k * c + j] * a[k * c + j];
            }
            final double root = pivot > limit ? Math.sqrt(pivot) : 0;
            a[k * c + k] = root;
            for (int i = k + 1; i < c; i++) {
                double sum = a[i * c + k];
                for (int j = 0; j < k; j++) {
                    sum -= a[i * c + j] * a[k * c + j];
                }
                a[i * c + k] = root == 0 ? 0 : sum / root;
            }
        }
        for (int i = q; i < c; i++) {
            for (int j = q; j <= i; j++) {
                double sum = a[i * c + j];
                for (int k = 0; k < q; k++) {
                    sum -= a[i * c + k] * a[j * c + k];
                }
                a[i * c + j] = sum;
            }
        }
    }

    /**
     * Adds a subject's share that depends on D.
     *
     * @param a rows of (q+w) elements of which the first q are [C; B'], as {@link #reduce} leaves them
     * @param offset where the subject's rows begin
     * @param stride length of a row
     * @param sums to add to, of whichever order they are made for
     */
    void add(final double[] a, final int offset, final int stride, final JetSums sums) {
        solve(a, offset, stride);
        final double[] k0 = sums.k0;
        final int c = q + w;
        sums.logDeterminant[0] += Cholesky.logDeterminant(s, q);
        for (int k = 0; k < q; k++) {
            final int row = k * c + q;
            for (int i = 0, at = 0; i < w; i++) {
                final double ei = e[row + i];
                for (int j = 0; j <= i; j++) {
                    k0[at++] += ei * e[row + j];
                }
            }
        }
        if (sums.g.length > 0) {
            products(sums);
        }
    }

    /** S = LL' and E = L^-1 [C' B]. */
    private void solve(final double[] a, final int offset, final int stride) {
        final int c = q + w;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int k = i; k < q; k++) {
                    sum += a[offset + k * stride + i] * factor[k * q + j];
                }
                cf[i * q + j] = sum;
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? 1 : 0;
                for (int k = 0; k < q; k++) {
                    sum += cf[i * q + k] * cf[j * q + k];
                }
                s[i * q + j] = sum;
            }
        }
        if (!Cholesky.factor(s, q)) {
            s[0] = Double.NaN; // an overflow of D; the criterion becomes NaN and the step is refused
        }
        for (int k = 0; k < q; k++) {
            final int row = k * c;
            for (int i = 0; i < c; i++) {
                e[row + i] = i < q && i < k ? 0 : a[offset + i * stride + k];
            }
            for (int j = 0; j < k; j++) {
                final double l = s[k * q + j];
                for (int i = 0; i < c; i++) {
                    e[row + i] -= l * e[j * c + i];
                }
            }
            final double scale = 1 / s[k * q + k];
            for (int i = 0; i < c; i++) {
                e[row + i] *= scale;
            }
        }
    }

    /** G = E_c'E_c, H = E_c'E_b and the sums of their products. */
    private void products(final JetSums sums) {
        final int c = q + w;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < w; j++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += e[k * c + i] * e[k * c + q + j];
                }
                h[i * w + j] = sum;
            }
        }
        Arrays.fill(hh, 0);
        for (int i = 0, at = 0; i < q; i++) {
            for (int j = 0; j <= i; j++, at++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += e[k * c + i] * e[k * c + j];
                }
                g[at] = sum;
                Packed.addProduct(1, h, i * w, h, j * w, w, hh, at * sums.packed);
            }
        }
        Packed.add(1, g, 0, sums.g, 0, g.length);
        Packed.add(1, hh, 0, sums.hh, 0, hh.length);
        if (sums.gg.length > 0) {
            for (int i = 0; i < g.length; i++) {
                Packed.add(g[i], g, 0, sums.gg, i * g.length, g.length);
                Packed.add(g[i], hh, 0, sums.ghh, i * hh.length, hh.length);
            }
        }
    }
}
