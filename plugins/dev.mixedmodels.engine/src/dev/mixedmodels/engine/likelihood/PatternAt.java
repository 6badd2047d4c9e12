package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;

/**
 * One pattern of k visits at given covariance parameters; all matrices k x k, row-major: V, K_r = V^-1 V_r and, once
 * projected, T = E + [G] with E the cross-products of residuals and G = X phi X' (REML), pooled over subjects.
 */
final class PatternAt {
    final PatternData data;
    final double[] inverse;
    final double logDeterminant;
    private final int k;
    private final double[][] first;
    private double[][] relative;
    private double[] inverseT;

    private PatternAt(final PatternData data, final double[] inverse, final double logDeterminant,
        final double[][] first) {
        this.data = data;
        this.inverse = inverse;
        this.logDeterminant = logDeterminant;
        this.first = first;
        this.k = data.visits().length;
    }

    /**
     * @param data the pattern
     * @param v V over all n visits
     * @param first dV / dtheta_r over all n visits
     * @param n number of visits
     * @return the pattern's matrices, or null if V is not positive definite
     */
    static PatternAt of(final PatternData data, final double[] v, final double[][] first, final int n) {
        final int k = data.visits().length;
        final double[] l = select(v, n, data.visits());
        if (!Cholesky.factor(l, k)) {
            return null;
        }
        return new PatternAt(data, Cholesky.inverse(l, k), Cholesky.logDeterminant(l, k), selectAll(first, n, data));
    }

    private static double[][] selectAll(final double[][] matrices, final int n, final PatternData data) {
        if (data.visits().length == n) {
            return matrices;
        }
        final double[][] selected = new double[matrices.length][];
        for (int r = 0; r < selected.length; r++) {
            selected[r] = select(matrices[r], n, data.visits());
        }
        return selected;
    }

    private static double[] select(final double[] v, final int n, final int[] visits) {
        final int k = visits.length;
        final double[] part = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                part[i * k + j] = v[visits[i] * n + visits[j]];
            }
        }
        return part;
    }

    /** Computes T from B and keeps V^-1 T. */
    void project(final double[] form) {
        final double[] t = new double[k * k];
        data.addProjected(form, t);
        inverseT = SmallMatrix.multiply(inverse, t, k);
    }

    /** Adds df / dV = m V^-1 - V^-1 T V^-1 at the pattern's visits to an n x n matrix. */
    void addTo(final double[] byV, final int n) {
        final double[] sandwich = SmallMatrix.multiply(inverseT, inverse, k);
        final int[] visits = data.visits();
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                byV[visits[i] * n + visits[j]] += data.subjects() * inverse[i * k + j] - sandwich[i * k + j];
            }
        }
    }

    /** Adds tr(K_r K_s (2 V^-1 T - m I)) for s <= r to the Hessian's block at an offset. */
    void addCurvature(final double[][] hessian, final int offset) {
        final double[] weight = new double[k * k];
        for (int i = 0; i < k * k; i++) {
            weight[i] = 2 * inverseT[i];
        }
        for (int i = 0; i < k; i++) {
            weight[i * k + i] -= data.subjects();
        }
        addTraces(hessian, offset, weight);
    }

    /** Adds m tr(K_r K_s) for s <= r to the Hessian's block at an offset. */
    void addExpected(final double[][] hessian, final int offset) {
        final double[] weight = new double[k * k];
        for (int i = 0; i < k; i++) {
            weight[i * k + i] = data.subjects();
        }
        addTraces(hessian, offset, weight);
    }

    private void addTraces(final double[][] hessian, final int offset, final double[] weight) {
        final double[][] relatives = relatives();
        for (int s = 0; s < relatives.length; s++) {
            final double[] weighted = SmallMatrix.multiply(relatives[s], weight, k);
            for (int r = s; r < relatives.length; r++) {
                hessian[offset + r][offset + s] += SmallMatrix.traceOfProduct(relatives[r], weighted, k);
            }
        }
    }

    /** dV^-1 / dtheta_r = -V^-1 V_r V^-1. */
    double[] inverseDerivative(final int r) {
        final double[] d = SmallMatrix.multiply(relatives()[r], inverse, k);
        for (int i = 0; i < d.length; i++) {
            d[i] = -d[i];
        }
        return symmetric(d);
    }

    /** sum w_rs (V^-1 V_r V^-1 V_s V^-1 - V^-1 V_rs V^-1 / 4) over the parameters of one group. */
    double[] kenwardRogerWeight(final double[][] w, final int offset, final double[] secondSum, final int n) {
        final double[][] relatives = relatives();
        final double[] sum = select(secondSum, n, data.visits());
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= -0.25;
        }
        final double[] inner = SmallMatrix.multiply(inverse, sum, k);
        for (int r = 0; r < relatives.length; r++) {
            final double[] combined = new double[k * k];
            for (int s = 0; s < relatives.length; s++) {
                Packed.add(combined, w[offset + r][offset + s], relatives[s]);
            }
            Packed.add(inner, 1, SmallMatrix.multiply(relatives[r], combined, k));
        }
        return symmetric(SmallMatrix.multiply(inner, inverse, k));
    }

    private double[][] relatives() {
        if (relative == null) {
            relative = new double[first.length][];
            for (int r = 0; r < relative.length; r++) {
                relative[r] = SmallMatrix.multiply(inverse, first[r], k);
            }
        }
        return relative;
    }

    /** Removes the asymmetry that rounding leaves. */
    private double[] symmetric(final double[] a) {
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                final double mean = (a[i * k + j] + a[j * k + i]) / 2;
                a[i * k + j] = mean;
                a[j * k + i] = mean;
            }
        }
        return a;
    }
}
