package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.SubjectCorrelation;
import java.util.Arrays;

/**
 * Derivatives of one subject's likelihood by the parameters of Sigma = G R G. With L = G U^-1, F_0 = L^-1 Y and S_k
 * the derivative of Sigma, everything is a product of columns of F_0 and of F_k = L^-1 S_k L^-T F_0:
 * <pre>
 * variance function   F_k = U D_k x + P_k,   P_k = U'^-1 D_k R^-1 x,   D_k = diag(d_k),   x = G^-1 Y
 * correlation         F_k = U'^-1 (R^-1 R_k R^-1) x
 * second derivatives  Y'Sigma^-1 S_kl Sigma^-1 Y = x'D_k D_l R^-1 x + P_k'P_l + transpose,  P_k'F_l + transpose,
 *                     F_k'F_l + transpose - x'(R^-1)_kl x
 * </pre>
 * The columns are [z C | adjusted z | adjusted x and y] with M = C C' (see {@link ResidualPart}), so that
 * tr(M Z'A'B Z) is a sum over columns that stay near 1 where Z'Sigma^-1 Z is huge and M tiny. A workspace of one
 * thread.
 */
final class ResidualDerivatives {
    private final SubjectSeries data;
    private final SubjectCorrelation correlation;
    private final int q;
    private final int w;
    private final int width;
    private final int variances;
    private final int parameters;
    private final double[][] f;
    private final double[][] half;
    private final double[] precise;
    private final double[] scratch;
    private final double[][] d;
    /** C'F_0z'F_kz C, q x q. */
    private final double[][] b;
    /** C'F_0z'F_kw with adjusted w, q x w. */
    private final double[][] v;
    private final double[] j;
    private final double[] product;
    private int n;
    /** Z'V^-1 W. */
    private double[] h;

    ResidualDerivatives(final SubjectSeries data, final SubjectCorrelation correlation, final int maxRows) {
        this.data = data;
        this.correlation = correlation;
        q = data.q();
        w = data.p() + 1;
        width = 2 * q + w;
        variances = data.exponents().length;
        parameters = data.residualParameters();
        f = new double[parameters][maxRows * width];
        half = new double[variances][maxRows * width];
        precise = new double[maxRows * width];
        scratch = new double[maxRows * width];
        d = new double[variances][maxRows];
        b = new double[parameters][q * q];
        v = new double[parameters][q * w];
        j = new double[q * w];
        product = new double[w * (w + 1) / 2];
    }

    /** Adds the derivatives of one subject; the correlation is prepared for it. */
    void add(final int start, final int rows, final double[] x, final double[] white, final double[] projections,
        final JetSums sums) {
        n = rows;
        h = projections;
        differentiate(start, x, white);
        for (int k = 0; k < parameters; k++) {
            cross(white, 0, f[k], 0, q, b[k]);
            sums.trace[k] += trace(k) - columnTrace(white, f[k]);
            addProducts(1, white, f[k], sums.k1, k * sums.packed);
        }
        if (sums.trace2.length > 0) {
            second(x, white, sums);
        }
    }

    private void differentiate(final int start, final double[] x, final double[] white) {
        final int size = n * width;
        if (variances > 0) {
            System.arraycopy(white, 0, precise, 0, size);
            correlation.transposedWhiten(precise, width);
        }
        for (int k = 0; k < variances; k++) {
            System.arraycopy(data.exponents()[k], start, d[k], 0, n);
            weigh(d[k], x, f[k]);
            correlation.whiten(f[k], width);
            weigh(d[k], precise, half[k]);
            correlation.transposedUnwhiten(half[k], width);
            Packed.add(1, half[k], 0, f[k], 0, size);
        }
        for (int k = variances; k < parameters; k++) {
            correlation.precisionSlope(k - variances, x, width, f[k]);
            correlation.transposedUnwhiten(f[k], width);
        }
    }

    /** tr(Sigma^-1 S_k). */
    private double trace(final int k) {
        return k < variances ? 2 * Arrays.stream(d[k], 0, n).sum() : correlation.slopeTrace(k - variances);
    }

    private void second(final double[] x, final double[] white, final JetSums sums) {
        final int packed = sums.packed;
        for (int k = 0; k < parameters; k++) {
            cross(white, 0, f[k], 2 * q, w, v[k]);
            cross(white, q, f[k], 2 * q, w, j);
            for (int c = 0, at = 0; c < q; c++) {
                for (int e = 0; e <= c; e++, at++) {
                    final int element = k * sums.elements + at;
                    sums.n[element] += dot(white, q + c, f[k], q + e);
                    Packed.addProduct(1, h, c * w, j, e * w, w, sums.hj, element * packed);
                    if (c > e) {
                        Packed.addProduct(1, h, e * w, j, c * w, w, sums.hj, element * packed);
                    }
                }
            }
            for (int l = 0; l <= k; l++) {
                pair(k, l, x, sums);
            }
        }
    }

    private void pair(final int k, final int l, final double[] x, final JetSums sums) {
        final int at = k * parameters + l;
        sums.trace2[at] += squareTrace(k, l) - 2 * columnTrace(f[k], f[l]) + SmallMatrix.traceOfProduct(b[k], b[l], q);
        Arrays.fill(product, 0);
        addSymmetric(1, f[k], f[l], product, 0);
        Packed.add(1, product, 0, sums.k2, at * sums.packed, sums.packed);
        for (int c = 0; c < q; c++) {
            Packed.addProduct(-1, v[k], c * w, v[l], c * w, w, sums.k2, at * sums.packed);
        }
        sums.curvatureTrace[at] += curvatureTrace(k, l);
        if (k < variances) {
            addCurvature(2, half[k], half[l], sums, at);
            for (int i = 0; i < n; i++) {
                for (int c = i * width; c < (i + 1) * width; c++) {
                    scratch[c] = d[k][i] * d[l][i] * precise[c];
                }
            }
            addCurvature(2, scratch, x, sums, at);
        } else if (l < variances) {
            addCurvature(2, half[l], f[k], sums, at);
        } else {
            Packed.add(2, product, 0, sums.curvature, at * sums.packed, sums.packed);
            sums.curvatureTrace[at] -= 2 * columnTrace(f[k], f[l]);
            correlation.precisionCurvature(k - variances, l - variances, x, width, scratch);
            addProducts(-1, scratch, x, sums.curvature, at * sums.packed);
            sums.curvatureTrace[at] += columnTrace(scratch, x);
        }
    }

    /** tr(Sigma^-1 S_k Sigma^-1 S_l). */
    private double squareTrace(final int k, final int l) {
        return k >= variances && l >= variances ? correlation.squaredSlopeTrace(k - variances, l - variances)
            : curvatureTrace(k, l);
    }

    /** tr(Sigma^-1 S_kl), l at most k. */
    private double curvatureTrace(final int k, final int l) {
        if (l >= variances) {
            return correlation.curvatureTrace(k - variances, l - variances);
        }
        if (k >= variances) {
            return 2 * correlation.slopeTrace(k - variances, d[l]);
        }
        double sum = correlation.hadamardTrace(d[k], d[l]);
        for (int i = 0; i < n; i++) {
            sum += d[k][i] * d[l][i];
        }
        return 2 * sum;
    }

    /** Adds factor (A'B + B'A) / 2 of w to the curvature and takes its trace with M for z from that of Sigma. */
    private void addCurvature(final double factor, final double[] left, final double[] right, final JetSums sums,
        final int at) {
        addSymmetric(factor, left, right, sums.curvature, at * sums.packed);
        sums.curvatureTrace[at] -= factor * columnTrace(left, right);
    }

    /** Adds factor (A'B + B'A) / 2 of the columns w, packed. */
    private void addSymmetric(final double factor, final double[] left, final double[] right, final double[] out,
        final int outStart) {
        if (left == right) {
            addProducts(factor, left, right, out, outStart);
        } else {
            addProducts(factor / 2, left, right, out, outStart);
            addProducts(factor / 2, right, left, out, outStart);
        }
    }

    /** Adds factor A'B of the columns w, packed, where it is symmetric. */
    private void addProducts(final double factor, final double[] left, final double[] right, final double[] out,
        final int outStart) {
        Packed.addProducts(factor, left, right, 2 * q, width, n, w, out, outStart);
    }

    /** tr(C'A'B C) of the columns z. */
    private double columnTrace(final double[] left, final double[] right) {
        double sum = 0;
        for (int c = 0; c < q; c++) {
            sum += dot(left, c, right, c);
        }
        return sum;
    }

    private double dot(final double[] left, final int c, final double[] right, final int e) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += left[i * width + c] * right[i * width + e];
        }
        return sum;
    }

    /** out = A'B with q columns of A from c and some of B from e, row-major. */
    private void cross(final double[] left, final int c, final double[] right, final int e, final int columns,
        final double[] out) {
        for (int i = 0; i < q; i++) {
            for (int k = 0; k < columns; k++) {
                out[i * columns + k] = dot(left, c + i, right, e + k);
            }
        }
    }

    private void weigh(final double[] weights, final double[] x, final double[] out) {
        for (int i = 0; i < n; i++) {
            for (int c = i * width; c < (i + 1) * width; c++) {
                out[c] = weights[i] * x[c];
            }
        }
    }
}
