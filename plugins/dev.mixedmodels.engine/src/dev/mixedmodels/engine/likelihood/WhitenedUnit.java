package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.GroupReduction;

/**
 * Workspace in which one unit after another is whitened: with R_j, T_j of a {@link GroupReduction} and
 * I + R Lambda Lambda' R' = K K' it holds U = K^-1 T and H = K^-1 R, so that the unit's parts of [X y]'V^-1 [X y],
 * Z'V^-1 [X y] and Z'V^-1 Z are U'U (plus the part within units), H'U and H'H.
 */
final class WhitenedUnit {
    private static final double LARGE = 1e100;

    final int q;
    final int p1;
    final double[] u;
    final double[] h;
    /** Z'V^-1 [X y], q x (p + 1), after {@link #project}. */
    final double[] zx;
    /** Z'V^-1 Z, q x q, after {@link #project}. */
    final double[] w;
    private final GroupReduction data;
    private final double[] lambda;
    private final double[] scaled;
    private final double[] k;
    private double determinant = 1;
    private double logDeterminant;

    WhitenedUnit(final GroupReduction data, final double[] lambda) {
        this.data = data;
        this.lambda = lambda;
        q = data.effects();
        p1 = data.fixedEffects() + 1;
        u = new double[q * p1];
        h = new double[q * q];
        zx = new double[q * p1];
        w = new double[q * q];
        scaled = new double[q * q];
        k = new double[q * q];
    }

    /** Computes U, and H if wanted; false if the unit's matrix is not positive definite. */
    boolean whiten(final int unit, final boolean withH) {
        final int r0 = unit * q * q;
        if (!RandomPart.root(data.r(), r0, lambda, q, scaled, k)) {
            return false;
        }
        for (int i = 0; i < q; i++) {
            determinant *= k[i * q + i] * k[i * q + i];
        }
        if (determinant > LARGE) {
            logDeterminant += Math.log(determinant);
            determinant = 1;
        }
        solve(data.t(), unit * q * p1, p1, u);
        if (withH) {
            solve(data.r(), r0, q, h);
        }
        return true;
    }

    private void solve(final double[] from, final int at, final int columns, final double[] to) {
        for (int i = 0; i < q; i++) {
            final double pivot = 1 / k[i * q + i];
            for (int c = 0; c < columns; c++) {
                double sum = from[at + i * columns + c];
                for (int j = 0; j < i; j++) {
                    sum -= k[i * q + j] * to[j * columns + c];
                }
                to[i * columns + c] = sum * pivot;
            }
        }
    }

    /** Z'V^-1 [X y] = H'U and Z'V^-1 Z = H'H of the unit last whitened. */
    void project() {
        for (int i = 0; i < q; i++) {
            for (int c = 0; c < p1; c++) {
                double sum = 0;
                for (int m = 0; m < q; m++) {
                    sum += h[m * q + i] * u[m * p1 + c];
                }
                zx[i * p1 + c] = sum;
            }
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int m = 0; m < q; m++) {
                    sum += h[m * q + i] * h[m * q + j];
                }
                w[i * q + j] = sum;
                w[j * q + i] = sum;
            }
        }
    }

    /** The sum of log |V_j| over the units whitened so far. */
    double logDeterminant() {
        return logDeterminant + Math.log(determinant);
    }
}
