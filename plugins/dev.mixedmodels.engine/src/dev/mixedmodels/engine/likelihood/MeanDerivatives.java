package dev.mixedmodels.engine.likelihood;

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
        final double[][] phiP = new double[m][];
        final double[][] g = new double[m][];
        final double[][] phiG = new double[m][];
        for (int r = 0; r < m; r++) {
            phiP[r] = reml ? phiTimesBlock(derivatives[r]) : null;
            g[r] = gradient(derivatives[r]);
            phiG[r] = phiTimes(g[r]);
        }
        for (int r = 0; r < m; r++) {
            for (int s = 0; s <= r; s++) {
                double sum = 0;
                for (int i = 0; i < p; i++) {
                    sum += 2 * g[r][i] * phiG[s][i];
                }
                if (reml) {
                    for (int i = 0; i < p; i++) {
                        for (int j = 0; j < p; j++) {
                            sum += phiP[r][i * p + j] * phiP[s][j * p + i];
                        }
                    }
                }
                hessian[r][s] -= sum;
                if (s < r) {
                    hessian[s][r] -= sum;
                }
            }
        }
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

    private double[] phiTimes(final double[] g) {
        final double[] product = new double[p];
        Arrays.setAll(product, i -> {
            double sum = 0;
            for (int j = 0; j < p; j++) {
                sum += fit.phi()[i * p + j] * g[j];
            }
            return sum;
        });
        return product;
    }

    private double[] phiTimesBlock(final double[] derivative) {
        final int width = p + 1;
        final double[] product = new double[p * p];
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < p; k++) {
                final double factor = fit.phi()[i * p + k];
                for (int j = 0; j < p; j++) {
                    product[i * p + j] += factor * derivative[k * width + j];
                }
            }
        }
        return product;
    }

    /** The mean with P_r, for inference. */
    MeanPoint point() {
        final double[][] phi = new double[p][];
        Arrays.setAll(phi, i -> Arrays.copyOfRange(fit.phi(), i * p, (i + 1) * p));
        final double[][][] blocks = new double[derivatives.length][][];
        Arrays.setAll(blocks, r -> block(derivatives[r], p));
        return new MeanPoint(fit.beta(), phi, blocks);
    }

    /** The leading p x p block of a (p + 1) x (p + 1) matrix. */
    static double[][] block(final double[] m, final int p) {
        final double[][] block = new double[p][];
        Arrays.setAll(block, i -> Arrays.copyOfRange(m, i * (p + 1), i * (p + 1) + p));
        return block;
    }
}
