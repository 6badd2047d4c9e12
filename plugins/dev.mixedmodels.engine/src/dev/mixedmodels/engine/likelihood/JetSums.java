package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Matrices;
import java.io.Serializable;

/**
 * Sums over subjects from which the criterion and its derivatives by the elements of D and by R residual parameters
 * follow. With W_i = [X_i y_i], G = Z'V^-1 Z (q x q), H = Z'V^-1 W (q x w) with rows h_a, and for the derivative S_k of
 * Sigma by residual parameter k, N_k = Z'V^-1 S_k V^-1 Z and J_k = Z'V^-1 S_k V^-1 W. Symmetric matrices are packed by
 * rows of the lower triangle: index (a, b), a &gt;= b, at a (a+1)/2 + b. Products of vectors h_a h_b' are symmetrised.
 */
public final class JetSums implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Pivots are at least 1; a product beyond this is logged before it can overflow. */
    private static final double LARGE = 1e150;

    final int q;
    final int w;
    final int residual;
    /** q (q+1) / 2. */
    final int elements;
    /** w (w+1) / 2. */
    final int packed;
    /** [0] log |V|, less the log of the square of {@link #root}. */
    final double[] logDeterminant = new double[1];
    /** A factor of the root of |V| that is not yet in its logarithm. */
    private double root = 1;
    /** W'V^-1 W. */
    final double[] k0;
    /** G. */
    final double[] g;
    /** h_a h_b' by element ab. */
    final double[] hh;
    /** G_ab G_cd by elements ab, cd. */
    final double[] gg;
    /** G_ab h_c h_d' by elements ab, cd. */
    final double[] ghh;
    /** tr(V^-1 S_k). */
    final double[] trace;
    /** W'V^-1 S_k V^-1 W. */
    final double[] k1;
    /** N_k. */
    final double[] n;
    /** H'E_ab J_k by k, ab, where E_ab is the derivative of D by its element ab. */
    final double[] hj;
    /** tr(V^-1 S_k V^-1 S_l) by k, l. */
    final double[] trace2;
    /** W'V^-1 S_k V^-1 S_l V^-1 W. */
    final double[] k2;
    /** tr(V^-1 S_kl), S_kl the second derivative of Sigma. */
    final double[] curvatureTrace;
    /** W'V^-1 S_kl V^-1 W. */
    final double[] curvature;

    JetSums(final int q, final int w, final int residual, final int order) {
        this.q = q;
        this.w = w;
        this.residual = residual;
        elements = q * (q + 1) / 2;
        packed = w * (w + 1) / 2;
        final int first = order > 0 ? 1 : 0;
        final int second = order > 1 ? 1 : 0;
        k0 = new double[packed];
        g = new double[first * elements];
        hh = new double[first * elements * packed];
        gg = new double[second * elements * elements];
        ghh = new double[second * elements * elements * packed];
        trace = new double[first * residual];
        k1 = new double[first * residual * packed];
        n = new double[second * residual * elements];
        hj = new double[second * residual * elements * packed];
        trace2 = new double[second * residual * residual];
        k2 = new double[second * residual * residual * packed];
        curvatureTrace = new double[second * residual * residual];
        curvature = new double[second * residual * residual * packed];
    }

    private double[][] all() {
        return new double[][] {logDeterminant, k0, g, hh, gg, ghh, trace, k1, n, hj, trace2, k2, curvatureTrace,
            curvature};
    }

    /** Takes a pivot of a Cholesky factor of V into log |V|; logarithms are taken of products, for they cost much. */
    void multiplyRoot(final double pivot) {
        root *= pivot;
        if (!(root < LARGE)) {
            logOfRoot();
        }
    }

    private void logOfRoot() {
        logDeterminant[0] += 2 * Math.log(root);
        root = 1;
    }

    /** log |V| of all subjects. */
    double logDeterminant() {
        logOfRoot();
        return logDeterminant[0];
    }

    /** Multiplies those sums that depend on V alone and not on W, as of so many more subjects without rows of W. */
    void multiplyWithoutRows(final double factor) {
        logOfRoot();
        for (final double[] of : new double[][] {logDeterminant, g, gg, trace, n, trace2, curvatureTrace}) {
            for (int i = 0; i < of.length; i++) {
                of[i] *= factor;
            }
        }
    }

    /**
     * Adds the sums over other subjects.
     *
     * @param other sums of the same parameters and order
     */
    public void add(final JetSums other) {
        logOfRoot();
        other.logOfRoot();
        Matrices.add(all(), other.all());
    }
}
