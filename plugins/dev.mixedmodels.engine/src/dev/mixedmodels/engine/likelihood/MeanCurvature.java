package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;

/**
 * What the second derivatives of y'Py and of log |X'V^-1 X| by theta have of products of first derivatives of V. With
 * v_a = dG_a s, s = Z'V^-1 (y - X beta), it is y'P V_a P V_b P y = v_a'Z'PZ v_b, and so for the columns of Z'V^-1 X.
 *
 * @param residual y'P V_a P V_b P y, m x m
 * @param fixed 2 tr Phi X'V^-1 V_a V^-1 V_b V^-1 X - tr Phi P_a Phi P_b, P_a = X'V^-1 V_a V^-1 X; null if not asked for
 */
record MeanCurvature(double[][] residual, double[][] fixed) {

    /**
     * @param factor of M
     * @param vectors of its order
     * @param factors the family of Lambda
     * @param lambda Lambda
     * @param phi (X'V^-1 X)^-1, p x p
     * @param zx Z'V^-1 X by columns
     * @param s Z'V^-1 (y - X beta)
     * @param wanted whether the fixed effects' are asked for
     */
    static MeanCurvature of(final BlockedFactor factor, final BlockedVectors vectors, final RelativeFactors factors,
        final double[][] lambda, final double[] phi, final double[][] zx, final double[] s, final boolean wanted) {
        final Slopes slopes = new Slopes(factor, vectors, factors, lambda);
        final int m = factors.parameters();
        final double[][] v = slopes.of(s);
        final double[][] residual = slopes.products(v);
        final double[][] across = across(v, zx);
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                residual[a][b] -= SmallMatrix.bilinear(phi, across[a], across[b]);
            }
        }
        if (!wanted) {
            return new MeanCurvature(residual, null);
        }
        final double[][] fixed = new double[m][m];
        final double[][] columns = whitened(zx, phi);
        for (final double[] column : columns) {
            final double[][] w = slopes.of(column);
            final double[][] products = slopes.products(w);
            final double[][] rows = across(w, columns);
            for (int a = 0; a < m; a++) {
                for (int b = 0; b < m; b++) {
                    fixed[a][b] += 2 * products[a][b] - Matrices.dot(rows[a], rows[b]);
                }
            }
        }
        return new MeanCurvature(residual, fixed);
    }

    private static double[][] across(final double[][] v, final double[][] columns) {
        final double[][] products = new double[v.length][columns.length];
        for (int a = 0; a < v.length; a++) {
            for (int c = 0; c < columns.length; c++) {
                products[a][c] = Matrices.dot(v[a], columns[c]);
            }
        }
        return products;
    }

    /** Columns with X Phi X' = sum of their squares: X times the Cholesky factor of Phi. */
    private static double[][] whitened(final double[][] zx, final double[] phi) {
        final int p = zx.length;
        final double[] root = phi.clone();
        Cholesky.factor(root, p);
        final double[][] columns = new double[p][];
        for (int e = 0; e < p; e++) {
            columns[e] = new double[zx[e].length];
            for (int c = e; c < p; c++) {
                Packed.add(columns[e], root[c * p + e], zx[c]);
            }
        }
        return columns;
    }

    /** The vectors dG_a x. */
    private record Slopes(BlockedFactor factor, BlockedVectors vectors, RelativeFactors factors, double[][] lambda) {

        double[][] of(final double[] x) {
            final double[][] v = new double[factors.parameters()][x.length];
            for (int a = 0; a < v.length; a++) {
                vectors.addScaled(factors.first(a, lambda), factors.factor()[a], x, false, v[a]);
            }
            return v;
        }

        /** v_a'Z'V^-1 Z v_b. */
        double[][] products(final double[][] v) {
            final double[][] products = new double[v.length][v.length];
            final double[][] half = new double[v.length][];
            for (int a = 0; a < v.length; a++) {
                final double[] av = vectors.crossProduct(v[a]);
                half[a] = vectors.scale(lambda, av, true);
                factor.solveLower(half[a]);
                for (int b = 0; b <= a; b++) {
                    products[a][b] = Matrices.dot(v[b], av) - Matrices.dot(half[a], half[b]);
                    products[b][a] = products[a][b];
                }
            }
            return products;
        }
    }
}
