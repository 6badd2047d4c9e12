package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * How the profiled mean enters second derivatives of the criterion. From M_r = d[X y]'V^-1[X y] / dtheta_r, the mean
 * takes off 2 g_r' phi g_s and, under REML, tr(phi P_r phi P_s), where P_r = M_r's X block and
 * g_r = M_r's X rows times [-beta; 1].
 */
final class MeanDerivatives {
    private final MeanFit fit;
    private final double[][] derivatives;
    private final int p;

    /**
     * @param fit the mean
     * @param derivatives M_r, m x ((p + 1) * (p + 1))
     */
    MeanDerivatives(final MeanFit fit, final double[][] derivatives) {
        this.fit = fit;
        this.derivatives = derivatives;
        this.p = fit.beta().length;
    }

    void subtractFrom(final double[][] hessian, final boolean reml) {
        final int m = derivatives.length;
        final double[][] traces = reml ? traces() : new double[m][m];
        final double[][] g = new double[m][];
        for (int r = 0; r < m; r++) {
            g[r] = gradient(derivatives[r]);
            for (int s = 0; s <= r; s++) {
                final double sum = 2 * SmallMatrix.bilinear(fit.phi(), g[r], g[s]) + traces[r][s];
                hessian[r][s] -= sum;
                if (s < r) {
                    hessian[s][r] -= sum;
                }
            }
        }
    }

    /** tr(phi P_r phi P_s), m x m. */
    double[][] traces() {
        final int m = derivatives.length;
        final double[][] phiP = new double[m][];
        final double[][] traces = new double[m][m];
        for (int r = 0; r < m; r++) {
            phiP[r] = SmallMatrix.multiply(fit.phi(), Matrices.flat(block(derivatives[r], p)), p);
            for (int s = 0; s <= r; s++) {
                traces[r][s] = SmallMatrix.traceOfProduct(phiP[r], phiP[s], p);
                traces[s][r] = traces[r][s];
            }
        }
        return traces;
    }

    private double[] gradient(final double[] derivative) {
        final int width = p + 1;
        final double[] g = new double[p];
        for (int i = 0; i < p; i++) {
            g[i] = derivative[i * width + p];
            for (int j = 0; j < p; j++) {
                g[i] -= derivative[i * width + j] * fit.beta()[j];
            }
        }
        return g;
    }

    /** The mean with P_r, for inference. */
    MeanPoint point() {
        final double[][][] blocks = new double[derivatives.length][][];
        Arrays.setAll(blocks, r -> block(derivatives[r], p));
        return new MeanPoint(fit.beta(), Matrices.square(fit.phi(), p), blocks);
    }

    /** The leading p x p block of a (p + 1) x (p + 1) matrix. */
    static double[][] block(final double[] m, final int p) {
        final double[][] block = new double[p][];
        Arrays.setAll(block, i -> Arrays.copyOfRange(m, i * (p + 1), i * (p + 1) + p));
        return block;
    }
}
