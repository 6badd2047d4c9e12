package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.statistics.UnitPairs;
import java.util.Arrays;

/**
 * Derivatives of the likelihood at one theta. With S = M^-1 and U = S Lambda'Z'[X y] the gradient of log |V| is
 * 2 trace(E_a' (Z'Z Lambda S)_kk), which needs S only where Z'Z has entries; that of the rest follows from
 * Z'V^-1 [X y] = Z'[X y] - Z'Z Lambda U. Nothing is divided by Lambda, so a small variance costs no digits.
 */
final class BlockedMoments {
    private final BlockedFactor factor;
    private final BlockedVectors vectors;
    private final RelativeFactors factors;
    private final double[][] lambda;
    private final MeanFit solution;
    private final int p;
    /** U by columns. */
    private final double[][] spherical;
    /** Z'V^-1 X by columns and s = Z'V^-1 (y - X beta). */
    private final double[][] zx;
    private final double[] s;
    /** Per factor the sums over units of (Z'Z Lambda S)_jj, X* C^-1 X*' and s s', q x q. */
    private final double[][] traces;
    private final double[][] k;
    private final double[][] ss;
    /** Null unless asked for. */
    private final MeanCurvature mean;
    /** Sums of (I - S)_ij^2 by factors; null unless asked for and to be had. */
    private final double[][] squares;
    private final SelectedInverse inverse;

    BlockedMoments(final BlockedFactor factor, final BlockedVectors vectors, final RelativeFactors factors,
        final double[][] lambda, final MeanFit solution, final double[][] zxy, final double[][] half,
        final boolean curvature, final boolean reml) {
        this.factor = factor;
        this.vectors = vectors;
        this.factors = factors;
        this.lambda = lambda;
        this.solution = solution;
        spherical = new double[half.length][];
        for (int c = 0; c < half.length; c++) {
            spherical[c] = half[c].clone();
            factor.solveUpper(spherical[c]);
        }
        p = solution.beta().length;
        zx = new double[p][];
        s = projected(zxy[p], spherical[p]);
        for (int c = 0; c < p; c++) {
            zx[c] = projected(zxy[c], spherical[c]);
            for (int i = 0; i < s.length; i++) {
                s[i] -= solution.beta()[c] * zx[c][i];
            }
        }
        mean = curvature ? MeanCurvature.of(factor, vectors, factors, lambda, solution.phi(), zx, s, factor.twice && reml)
            : null; // while the factor is still there
        inverse = new SelectedInverse(factor);
        inverse.compute();
        squares = curvature && factor.twice ? SquaredInverse.of(factor, inverse) : null;
        traces = traces();
        k = new double[lambda.length][];
        ss = new double[lambda.length][];
        for (int f = 0; f < lambda.length; f++) {
            unitSums(f);
        }
    }

    private double[] projected(final double[] column, final double[] u) {
        final double[] fitted = vectors.crossProduct(vectors.scale(lambda, u, false));
        for (int i = 0; i < fitted.length; i++) {
            fitted[i] = column[i] - fitted[i];
        }
        return fitted;
    }

    /** The diagonal blocks of Z'Z Lambda S, summed over the units of each factor. */
    private double[][] traces() {
        final double[][] sums = new double[lambda.length][];
        for (int f = 0; f < lambda.length; f++) {
            final int q = factors.effects()[f];
            sums[f] = new double[q * q];
            final double[] block = new double[q * q];
            final double[] a = new double[q * q];
            for (int j = 0; j < factor.data.levels()[f]; j++) {
                inverse.unitBlock(factor.symbolic.position[factor.graph.first()[f] + j], block);
                if (q == 1) {
                    sums[f][0] += factor.data.diagonal()[f][j] * lambda[f][0] * block[0];
                    continue;
                }
                System.arraycopy(factor.data.diagonal()[f], j * q * q, a, 0, q * q);
                addProduct(sums[f], a, lambda[f], block, q);
            }
        }
        for (final PairMap map : factor.maps) {
            addPairs(map, sums[map.first()], sums[map.second()]);
        }
        return sums;
    }

    private static void addProduct(final double[] sum, final double[] a, final double[] b, final double[] c,
        final int q) {
        final double[] product = SmallMatrix.multiply(SmallMatrix.multiply(a, b, q), c, q);
        for (int i = 0; i < q * q; i++) {
            sum[i] += product[i];
        }
    }

    private void addPairs(final PairMap map, final double[] first, final double[] second) {
        final UnitPairs pairs = map.pairs();
        final int m = factors.effects()[map.first()];
        final int n = factors.effects()[map.second()];
        final double[] a = pairs.values();
        final double[] x = new double[m * n]; // S of first by second unit
        final double[] left = lambda[map.first()];
        final double[] right = lambda[map.second()];
        for (int e = 0; e < pairs.size(); e++) {
            final boolean ahead = map.ahead()[e];
            final double[] from = map.core()[e] ? factor.core.entries() : inverse.panels;
            final int stride = map.core()[e] ? factor.core.stride() : ahead ? m : n;
            if (m * n == 1) {
                first[0] += a[e] * right[0] * from[map.place()[e]];
                second[0] += a[e] * left[0] * from[map.place()[e]];
                continue;
            }
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    x[i * n + j] = from[map.place()[e] + (ahead ? j * stride + i : i * stride + j)];
                }
            }
            // first += A (Lambda_l S_lk), second += A' (Lambda_k S_kl)
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    final double aij = a[(e * m + i) * n + j];
                    for (int c = 0; c < m; c++) {
                        double sum = 0;
                        for (int d = 0; d < n; d++) {
                            sum += right[j * n + d] * x[c * n + d];
                        }
                        first[i * m + c] += aij * sum;
                    }
                    for (int c = 0; c < n; c++) {
                        double sum = 0;
                        for (int d = 0; d < m; d++) {
                            sum += left[i * m + d] * x[d * n + c];
                        }
                        second[j * n + c] += aij * sum;
                    }
                }
            }
        }
    }

    private void unitSums(final int f) {
        final int q = factors.effects()[f];
        k[f] = new double[q * q];
        ss[f] = new double[q * q];
        final double[] row = new double[p];
        for (int unit = 0; unit < factor.data.levels()[f]; unit++) {
            final int at = vectors.at(f, unit);
            for (int i = 0; i < q; i++) {
                Arrays.fill(row, 0);
                for (int c = 0; c < p; c++) {
                    for (int d = 0; d < p; d++) {
                        row[d] += zx[c][at + i] * solution.phi()[c * p + d];
                    }
                }
                for (int j = 0; j < q; j++) {
                    double sum = 0;
                    for (int d = 0; d < p; d++) {
                        sum += row[d] * zx[d][at + j];
                    }
                    k[f][i * q + j] += sum;
                    ss[f][i * q + j] += s[at + i] * s[at + j];
                }
            }
        }
    }

    boolean hasCurvature() {
        return mean != null;
    }

    PlsDerivatives gradient() {
        final int m = factors.parameters();
        final PlsDerivatives gradient = PlsDerivatives.zero(m);
        for (int a = 0; a < m; a++) {
            final int f = factors.factor()[a];
            final double[] g = factors.first(a, lambda);
            gradient.logDetV()[a] = 2 * Packed.trace(factors.basis()[a], traces[f]);
            gradient.logDetC()[a] = -Packed.trace(g, k[f]);
            gradient.r2()[a] = -Packed.trace(g, ss[f]);
        }
        return gradient;
    }

    /**
     * The derivative by G times the curvature of G in theta, and what has two derivatives of G: exact, or in its place
     * the average information.
     */
    double[][] curvature(final boolean reml, final double sigma2) {
        final int m = factors.parameters();
        final double[][] gamma = new double[lambda.length][];
        for (int f = 0; f < lambda.length; f++) {
            gamma[f] = unitTraces(f);
            for (int i = 0; i < gamma[f].length; i++) {
                gamma[f][i] -= (reml ? k[f][i] : 0) + ss[f][i] / sigma2;
            }
        }
        final double[][] h = new double[m][m];
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                final double[] second = factors.second(a, b);
                h[a][b] = (squares == null ? mean.residual()[a][b] / sigma2 : twice(a, b, reml, sigma2))
                    + (second == null ? 0 : Packed.trace(second, gamma[factors.factor()[a]]));
            }
        }
        return h;
    }

    /** The exact derivatives of P in place of G, where units have one effect each. */
    private double twice(final int a, final int b, final boolean reml, final double sigma2) {
        final int f = factors.factor()[a];
        final int g = factors.factor()[b];
        final double product = lambda[f][0] * lambda[g][0];
        final double trace = product == 0 ? 0 : 4 * factors.basis()[a][0] * factors.basis()[b][0] / product * squares[f][g];
        return 2 * mean.residual()[a][b] / sigma2 + (reml ? mean.fixed()[a][b] : 0) - trace;
    }

    /** The sum of (Z'V^-1 Z)_jj, which times Lambda is {@code traces}: its least-squares solution. */
    private double[] unitTraces(final int f) {
        final int q = factors.effects()[f];
        final double[] g = SmallMatrix.multiplyTransposed(lambda[f], lambda[f], q);
        double size = 0;
        for (int i = 0; i < q; i++) {
            size += g[i * q + i];
        }
        for (int i = 0; i < q; i++) {
            g[i * q + i] += 1e-12 * size;
        }
        if (size == 0 || !Cholesky.factor(g, q)) {
            return new double[q * q];
        }
        final double[] w = SmallMatrix.multiply(SmallMatrix.multiplyTransposed(traces[f], lambda[f], q),
            Cholesky.inverse(g, q), q);
        final double[] symmetric = new double[q * q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                symmetric[i * q + j] = (w[i * q + j] + w[j * q + i]) / 2;
            }
        }
        return symmetric;
    }

    /** -X*' dG_a X* summed over units. */
    double[][] informationDerivatives() {
        final double[][] derivatives = new double[factors.parameters()][p * p];
        for (int a = 0; a < derivatives.length; a++) {
            for (int c = 0; c < p; c++) {
                final double[] v = new double[s.length];
                vectors.addScaled(factors.first(a, lambda), factors.factor()[a], zx[c], false, v);
                for (int d = 0; d < p; d++) {
                    derivatives[a][c * p + d] = -Matrices.dot(v, zx[d]);
                }
            }
        }
        return derivatives;
    }

    void unitEffects(final int f, final UnitEffects receiver) {
        final int q = factors.effects()[f];
        final double[] blup = new double[q];
        final double[] onFixed = new double[q * p];
        final double[] block = new double[q * q];
        for (int j = 0; j < factor.data.levels()[f]; j++) {
            final int at = vectors.at(f, j);
            Arrays.fill(blup, 0);
            Arrays.fill(onFixed, 0);
            for (int i = 0; i < q * q; i++) {
                final double l = lambda[f][i];
                blup[i / q] += l * spherical[p][at + i % q];
                for (int c = 0; c < p; c++) {
                    onFixed[i / q * p + c] += l * spherical[c][at + i % q];
                }
            }
            for (int i = 0; i < q * p; i++) {
                blup[i / p] -= onFixed[i] * solution.beta()[i % p];
            }
            inverse.unitBlock(factor.symbolic.position[factor.graph.first()[f] + j], block);
            receiver.accept(j, blup,
                SmallMatrix.multiplyTransposed(SmallMatrix.multiply(lambda[f], block, q), lambda[f], q), onFixed);
        }
    }

    void pairEffects(final int f, final int g, final PairEffects receiver) {
        PairCovariances.linked(factor, inverse, lambda, f, g, receiver);
    }
}
