package dev.mixedmodels.engine.likelihood;

/**
 * Sums over the units of one factor from which first and second derivatives of the likelihood follow in any direction
 * of G = Lambda Lambda'. With W = Z'V^-1 Z (q x q), X* = Z'V^-1 X (q x p), k = X* C^-1 X*' and s = Z'V^-1 (y - X beta):
 * the sums of W, k, s s', of W (x) W, W (x) k, W (x) s s', and of X*_i' X*_j and X*_i' s_j by rows i, j.
 */
final class UnitMoments {
    final int q;
    final int p;
    final double[] w;
    final double[] k;
    final double[] ss;
    final double[] ww;
    final double[] wk;
    final double[] ws;
    /** sum over units of X*_i X*_j' for i &gt;= j, each p x p, at [(i q + j) p p]. */
    final double[] xx;
    /** sum over units of X*_i s_j, each of length p, at [(i q + j) p]. */
    final double[] xs;
    private final double[] unitK;
    private final double[] s;
    private final double[] row;

    UnitMoments(final int q, final int p) {
        this.q = q;
        this.p = p;
        w = new double[q * q];
        k = new double[q * q];
        ss = new double[q * q];
        ww = new double[q * q * q * q];
        wk = new double[q * q * q * q];
        ws = new double[q * q * q * q];
        xx = new double[q * q * p * p];
        xs = new double[q * q * p];
        unitK = new double[q * q];
        s = new double[q];
        row = new double[p];
    }

    /** Adds a unit whose W and Z'V^-1 [X y] are given. */
    void add(final double[] unitW, final double[] zx, final double[] beta, final double[] phi) {
        final int p1 = p + 1;
        for (int i = 0; i < q; i++) {
            double residual = zx[i * p1 + p];
            for (int c = 0; c < p; c++) {
                residual -= zx[i * p1 + c] * beta[c];
            }
            s[i] = residual;
        }
        for (int i = 0; i < q; i++) {
            for (int c = 0; c < p; c++) {
                double sum = 0;
                for (int d = 0; d < p; d++) {
                    sum += phi[c * p + d] * zx[i * p1 + d];
                }
                row[c] = sum;
            }
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int c = 0; c < p; c++) {
                    sum += row[c] * zx[j * p1 + c];
                }
                unitK[i * q + j] = sum;
                unitK[j * q + i] = sum;
                addOuter(i, j, zx, p1);
            }
            for (int j = 0; j < q; j++) {
                for (int c = 0; c < p; c++) {
                    xs[(i * q + j) * p + c] += zx[i * p1 + c] * s[j];
                }
            }
        }
        addProducts(unitW);
    }

    private void addOuter(final int i, final int j, final double[] zx, final int p1) {
        final int at = (i * q + j) * p * p;
        for (int c = 0; c < p; c++) {
            final double x = zx[i * p1 + c];
            for (int d = 0; d < p; d++) {
                xx[at + c * p + d] += x * zx[j * p1 + d];
            }
        }
    }

    private void addProducts(final double[] unitW) {
        final int qq = q * q;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                w[i * q + j] += unitW[i * q + j];
                k[i * q + j] += unitK[i * q + j];
                ss[i * q + j] += s[i] * s[j];
            }
        }
        for (int a = 0; a < qq; a++) {
            final double x = unitW[a];
            for (int b = 0; b < qq; b++) {
                ww[a * qq + b] += x * unitW[b];
                wk[a * qq + b] += x * unitK[b];
                ws[a * qq + b] += x * s[b / q] * s[b % q];
            }
        }
    }

    void add(final UnitMoments other) {
        add(w, other.w);
        add(k, other.k);
        add(ss, other.ss);
        add(ww, other.ww);
        add(wk, other.wk);
        add(ws, other.ws);
        add(xx, other.xx);
        add(xs, other.xs);
    }

    private static void add(final double[] to, final double[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** sum_ij g_ij m_ij, trace(g m) for symmetric matrices. */
    static double trace(final double[] g, final double[] m) {
        double sum = 0;
        for (int i = 0; i < g.length; i++) {
            sum += g[i] * m[i];
        }
        return sum;
    }

    /** Sum over units of trace(f W g M) from the sums of W (x) M, all symmetric. */
    double trace(final double[] f, final double[] g, final double[] wm) {
        final int qq = q * q;
        double sum = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int k1 = 0; k1 < q; k1++) {
                    for (int l = 0; l < q; l++) {
                        sum += f[i * q + j] * g[k1 * q + l] * wm[(j * q + k1) * qq + l * q + i];
                    }
                }
            }
        }
        return sum;
    }

    /** Sum over units of X*' g X*, p x p. */
    double[] information(final double[] g) {
        final double[] sum = new double[p * p];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                final double gij = g[i * q + j];
                for (int c = 0; gij != 0 && c < p; c++) {
                    for (int d = 0; d < p; d++) {
                        final double x = xx[(i * q + j) * p * p + c * p + d];
                        sum[c * p + d] += gij * x;
                        if (i > j) {
                            sum[d * p + c] += gij * x;
                        }
                    }
                }
            }
        }
        return sum;
    }

    /** Sum over units of X*' g s, length p. */
    double[] score(final double[] g) {
        final double[] sum = new double[p];
        for (int ij = 0; ij < q * q; ij++) {
            for (int c = 0; c < p; c++) {
                sum[c] += g[ij] * xs[ij * p + c];
            }
        }
        return sum;
    }
}
