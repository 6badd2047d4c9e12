package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;

/** Lambda (I + Lambda'R'R Lambda)^-1 Lambda' of one unit, the conditional covariance of its effects. */
final class PosteriorFactor {
    private final double[] lambda;
    private final int q;
    private final double[] scaled;
    private final double[] m;
    private final double[] column;
    private final double[] half;

    PosteriorFactor(final double[] lambda, final int q) {
        this.lambda = lambda;
        this.q = q;
        scaled = new double[q * q];
        m = new double[q * q];
        column = new double[q];
        half = new double[q * q];
    }

    /** Fills out, q x q, from the triangle r[at ..]. */
    void covariance(final double[] r, final int at, final double[] out) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int c = i; c < q; c++) {
                    sum += r[at + i * q + c] * lambda[c * q + j];
                }
                scaled[i * q + j] = sum;
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? 1 : 0;
                for (int c = 0; c < q; c++) {
                    sum += scaled[c * q + i] * scaled[c * q + j];
                }
                m[i * q + j] = sum;
            }
        }
        Cholesky.factor(m, q);
        for (int i = 0; i < q; i++) {
            System.arraycopy(lambda, i * q, column, 0, q);
            Cholesky.solveLower(m, q, column);
            System.arraycopy(column, 0, half, i * q, q);
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int c = 0; c < q; c++) {
                    sum += half[i * q + c] * half[j * q + c];
                }
                out[i * q + j] = sum;
            }
        }
    }
}
