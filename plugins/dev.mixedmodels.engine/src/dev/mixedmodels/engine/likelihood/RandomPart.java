package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Householder;
import java.util.Arrays;

/**
 * The part of one subject's likelihood that comes from its random effects, from the factor of its whitened
 * rows: with Sigma^-1/2 [Z W] = Q [R T] + (what is orthogonal to Z), Q'Q = I (R is q x q, upper triangular; its zero
 * rows mean directions that the subject says nothing about),
 * log |V| = log |Sigma| + log |S|, S = I + RDR', and with E = L^-1 [R T], S = LL':
 * [Z W]'V^-1 [Z W] = E'E + (what lies outside the columns of Z, which does not depend on D).
 * The form I + RDR' needs no inverse of D, so that D may be singular, and subtracts nothing. A workspace of one thread.
 */
public final class RandomPart {
    private final int q;
    private final int w;
    private final double[] factor;
    private final double[] s;
    private final double[] rf;
    private final double[] e;
    private final double[] h;
    private final double[] hh;
    private final double[] g;

    /**
     * @param q number of random effects
     * @param w number of columns of W = [X y]
     * @param factor F, q x q, with D = F F'
     */
    public RandomPart(final int q, final int w, final double[] factor) {
        this.q = q;
        this.w = w;
        this.factor = factor;
        s = new double[q * q];
        rf = new double[q * q];
        e = new double[q * (q + w)];
        h = new double[q * w];
        g = new double[q * (q + 1) / 2];
        hh = new double[g.length * w * (w + 1) / 2];
    }

    /**
     * Adds a subject's share that depends on D.
     *
     * @param r holds R, q x q, upper triangular, row-major
     * @param rStart where it begins
     * @param t holds T, q x w, row-major
     * @param tStart where it begins
     * @param sums to add to, of whichever order they are made for
     */
    void add(final double[] r, final int rStart, final double[] t, final int tStart, final JetSums sums) {
        solve(r, rStart, t, tStart);
        final int c = q + w;
        for (int k = 0; k < q; k++) {
            sums.multiplyRoot(s[k * q + k]);
            Packed.addProduct(1, e, k * c + q, e, k * c + q, w, sums.k0, 0);
        }
        if (sums.g.length > 0) {
            products(sums);
        }
    }

    /** The root L of S = I + RF (RF)' = LL' of a subject; whether S is positive definite. */
    private boolean root(final double[] r, final int rStart) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int k = i; k < q; k++) {
                    sum += r[rStart + i * q + k] * factor[k * q + j];
                }
                rf[i * q + j] = sum;
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? 1 : 0;
                for (int k = 0; k < q; k++) {
                    sum += rf[i * q + k] * rf[j * q + k];
                }
                s[i * q + j] = sum;
            }
        }
        return Cholesky.factor(s, q);
    }

    /**
     * S = LL' and E = L^-1 [R T] of a subject, for what is asked next.
     *
     * @param r holds R, q x q, upper triangular, row-major
     * @param rStart where it begins
     * @param t holds T, q x w, row-major
     * @param tStart where it begins
     */
    public void solve(final double[] r, final int rStart, final double[] t, final int tStart) {
        final int c = q + w;
        if (!root(r, rStart)) {
            Arrays.fill(s, Double.NaN); // D overflows: the criterion becomes NaN, which refuses the step
        }
        for (int k = 0; k < q; k++) {
            final int row = k * c;
            System.arraycopy(r, rStart + k * q, e, row, q);
            System.arraycopy(t, tStart + k * w, e, row + q, w);
            for (int j = 0; j < k; j++) {
                Packed.add(-s[k * q + j], e, j * c, e, row, c);
            }
            final double scale = 1 / s[k * q + k];
            for (int i = 0; i < c; i++) {
                e[row + i] *= scale;
            }
        }
    }

    /** H = Z'V^-1 W, q x w, of the subject added last with derivatives; valid until the next. */
    double[] projections() {
        return h;
    }

    /**
     * D R'S^-1 [R T] = F (L^-1 RF)'E of the subject solved last: effects predicted from columns of rows.
     *
     * @param outer F, or the factor of other effects that are combinations of these, q x q
     * @return q x (q + w)
     */
    public double[] gains(final double[] outer) {
        final int c = q + w;
        final double[] half = rf.clone();
        for (int j = 0; j < q; j++) {
            for (int i = 0; i < q; i++) {
                double sum = half[i * q + j];
                for (int k = 0; k < i; k++) {
                    sum -= s[i * q + k] * half[k * q + j];
                }
                half[i * q + j] = sum / s[i * q + i];
            }
        }
        final double[] gains = new double[q * c];
        for (int i = 0; i < q; i++) {
            for (int k = 0; k < q; k++) {
                double weight = 0;
                for (int j = 0; j < q; j++) {
                    weight += outer[i * q + j] * half[k * q + j];
                }
                Packed.add(weight, e, k * c, gains, i * c, c);
            }
        }
        return gains;
    }

    /**
     * A half C of the conditional variance of the effects of the subject solved last, C C' = F (I + F'R'RF)^-1 F',
     * relative to the residual variance.
     *
     * @param outer F, or the factor of other effects that are combinations of these, q x q
     * @return C, q x q
     */
    public double[] halfVariance(final double[] outer) {
        final double[] stacked = Arrays.copyOf(rf, 2 * q * q);
        for (int i = 0; i < q; i++) {
            stacked[(q + i) * q + i] = 1;
        }
        Householder.reduce(stacked, 2 * q, q, q); // its triangle T has T'T = I + F'R'RF, and C = F T^-1
        final double[] half = new double[q * q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = outer[i * q + j];
                for (int k = 0; k < j; k++) {
                    sum -= half[i * q + k] * stacked[k * q + j];
                }
                half[i * q + j] = sum / stacked[j * q + j];
            }
        }
        return half;
    }

    /** G = E_r'E_r, H = E_r'E_t and the sums of their products. */
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
