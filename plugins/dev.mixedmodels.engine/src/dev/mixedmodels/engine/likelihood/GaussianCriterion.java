package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;

/**
 * The -2 (restricted) log likelihood of y ~ N(X beta, V(theta)) with beta at its generalised least squares value, and
 * its derivatives, from a {@link CovarianceJet}. With phi = (X'V^-1 X)^-1, r = y - X beta, P = V^-1 - V^-1 X phi X'V^-1:
 * <pre>
 * f    = log |V| + [log |X'V^-1 X|] + r'V^-1 r + (N - [p]) log 2 pi          [REML only]
 * f_k  = tr V^-1 V_k - [tr phi X'V^-1 V_k V^-1 X] - r'V^-1 V_k V^-1 r
 * f_kl = tr V^-1 V_kl - tr V^-1 V_k V^-1 V_l + [2 tr phi Q_kl - tr phi R_kl - tr phi P_k phi P_l]
 *        + 2 r'V^-1 V_k P V_l V^-1 r - r'V^-1 V_kl V^-1 r
 * </pre>
 * Sources: Harville (1977) JASA 72:320-338; Lindstrom &amp; Bates (1988) JASA 83:1014-1022.
 */
public final class GaussianCriterion {
    private final CovarianceJet jet;
    private final boolean reml;
    private final int p;
    private final boolean exists;
    private double logDeterminantX;
    private double rss;
    private double[] beta;
    private double[][] phi;

    /**
     * @param jet V and its derivatives, W = [X y]
     * @param reml whether the restricted likelihood is meant
     */
    public GaussianCriterion(final CovarianceJet jet, final boolean reml) {
        this.jet = jet;
        this.reml = reml;
        p = jet.w() - 1;
        final int w = jet.w();
        final double[] l = new double[w * w];
        for (int i = 0, at = 0; i < w; i++) {
            for (int j = 0; j <= i; j++) {
                l[i * w + j] = jet.k0()[at++];
            }
        }
        exists = Double.isFinite(jet.logDeterminant()) && Cholesky.factor(l, w);
        if (exists) {
            solve(l, w);
        }
    }

    private void solve(final double[] l, final int w) {
        rss = l[p * w + p] * l[p * w + p];
        final double[] lx = new double[p * p];
        for (int i = 0; i < p; i++) {
            System.arraycopy(l, i * w, lx, i * p, i + 1);
        }
        logDeterminantX = Cholesky.logDeterminant(lx, p);
        beta = new double[p];
        System.arraycopy(l, p * w, beta, 0, p);
        Cholesky.solveUpper(lx, p, beta);
        phi = Matrices.square(Cholesky.inverse(lx, p), p);
    }

    /** @return whether V and X'V^-1 X are positive definite and the residual is not zero */
    public boolean exists() {
        return exists;
    }

    /** @return N, less p under REML */
    public double degreesOfFreedom() {
        return reml ? jet.rows() - p : jet.rows();
    }

    /** @return r'V^-1 r */
    public double residualSumOfSquares() {
        return rss;
    }

    /** @return generalised least squares estimates, length p */
    public double[] beta() {
        return beta.clone();
    }

    /** @return (X'V^-1 X)^-1, p x p */
    public double[][] phi() {
        return phi;
    }

    /** @return f, all constants included but log |X'X| */
    public double value() {
        return exists ? jet.logDeterminant() + (reml ? logDeterminantX : 0) + rss
            + degreesOfFreedom() * Math.log(2 * Math.PI) : Double.NaN;
    }

    /** @return f at s V with the s that minimises it, r'V^-1 r / (N - [p]) */
    public double profiledValue() {
        final double n = degreesOfFreedom();
        return exists ? jet.logDeterminant() + (reml ? logDeterminantX : 0)
            + n * (1 + Math.log(2 * Math.PI * rss / n)) : Double.NaN;
    }

    /** @return f_k for all parameters */
    public double[] gradient() {
        final double[] gradient = new double[jet.trace().length];
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] = jet.trace()[k] - (reml ? tracePhi(jet.k1()[k]) : 0) - quadratic(jet.k1()[k]);
        }
        return gradient;
    }

    /** @return f_kl, the observed information times 2 */
    public double[][] hessian() {
        final int m = jet.trace().length;
        final double[][] hessian = new double[m][m];
        final double[][][] phiP = phiP();
        final double[][] scores = scores();
        for (int k = 0; k < m; k++) {
            for (int l = 0; l <= k; l++) {
                final double[] k2 = jet.k2()[k][l];
                final double[] r = jet.curvature()[k][l];
                double value = jet.curvatureTrace()[k][l] - jet.trace2()[k][l] + 2 * quadratic(k2) - quadratic(r)
                    - 2 * Matrices.bilinear(phi, scores[k], scores[l]);
                if (reml) {
                    value += 2 * tracePhi(k2) - tracePhi(r) - traceOfProduct(phiP[k], phiP[l]);
                }
                hessian[k][l] = value;
                hessian[l][k] = value;
            }
        }
        return hessian;
    }

    /** @return the expectation of f_kl, tr(P V_k P V_l) under REML and tr(V^-1 V_k V^-1 V_l) under ML */
    public double[][] expectedHessian() {
        final int m = jet.trace().length;
        final double[][] expected = new double[m][m];
        final double[][][] phiP = phiP();
        for (int k = 0; k < m; k++) {
            for (int l = 0; l <= k; l++) {
                expected[k][l] = jet.trace2()[k][l];
                if (reml) {
                    expected[k][l] += traceOfProduct(phiP[k], phiP[l]) - 2 * tracePhi(jet.k2()[k][l]);
                }
                expected[l][k] = expected[k][l];
            }
        }
        return expected;
    }

    /** @return P_k = -X'V^-1 V_k V^-1 X, m x p x p */
    public double[][][] p() {
        final double[][][] matrices = new double[jet.trace().length][][];
        for (int k = 0; k < matrices.length; k++) {
            matrices[k] = xBlock(jet.k1()[k], -1);
        }
        return matrices;
    }

    /** @return Q_kl = X'V^-1 V_k V^-1 V_l V^-1 X, symmetrised, m x m x p x p */
    public double[][][][] q() {
        return blocks(jet.k2());
    }

    /** @return R_kl = X'V^-1 V_kl V^-1 X, m x m x p x p */
    public double[][][][] r() {
        return blocks(jet.curvature());
    }

    private double[][][][] blocks(final double[][][] packed) {
        final int m = packed.length;
        final double[][][][] blocks = new double[m][m][][];
        for (int k = 0; k < m; k++) {
            for (int l = 0; l <= k; l++) {
                blocks[k][l] = xBlock(packed[k][l], 1);
                blocks[l][k] = blocks[k][l];
            }
        }
        return blocks;
    }

    private double[][] xBlock(final double[] packed, final double sign) {
        final double[][] block = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                block[i][j] = sign * packed[Packed.at(i, j)];
            }
        }
        return block;
    }

    /** phi X'V^-1 V_k V^-1 X for all k; only needed under REML. */
    private double[][][] phiP() {
        final double[][][] products = new double[jet.trace().length][][];
        for (int k = 0; reml && k < products.length; k++) {
            products[k] = Matrices.multiply(phi, xBlock(jet.k1()[k], 1));
        }
        return products;
    }

    /** X'V^-1 V_k V^-1 r for all k. */
    private double[][] scores() {
        final double[][] scores = new double[jet.trace().length][p];
        for (int k = 0; k < scores.length; k++) {
            for (int i = 0; i < p; i++) {
                double sum = jet.k1()[k][Packed.at(p, i)];
                for (int j = 0; j < p; j++) {
                    sum -= jet.k1()[k][Packed.at(i, j)] * beta[j];
                }
                scores[k][i] = sum;
            }
        }
        return scores;
    }

    private double tracePhi(final double[] packed) {
        double sum = 0;
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < i; j++) {
                sum += 2 * phi[i][j] * packed[Packed.at(i, j)];
            }
            sum += phi[i][i] * packed[Packed.at(i, i)];
        }
        return sum;
    }

    /** (y - X beta)' A (y - X beta) for A between columns of W. */
    private double quadratic(final double[] packed) {
        double sum = packed[Packed.at(p, p)];
        for (int i = 0; i < p; i++) {
            double row = -2 * packed[Packed.at(p, i)];
            for (int j = 0; j < p; j++) {
                row += packed[Packed.at(i, j)] * beta[j];
            }
            sum += row * beta[i];
        }
        return sum;
    }

    private static double traceOfProduct(final double[][] a, final double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum += a[i][j] * b[j][i];
            }
        }
        return sum;
    }
}
