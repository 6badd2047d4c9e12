package dev.mixedmodels.engine.covariance;

import java.util.Arrays;

/**
 * V_ij = s_i s_j C_ij with a shape C, mostly a correlation matrix, and either one common scale or one for each row:
 * theta = (log s ..., parameters of C ...). With {@link CholeskyShape} it is any positive definite matrix.
 *
 * @param shape the family of C
 * @param heterogeneous whether each row has a scale of its own
 */
record ScaledStructure(CovarianceStructure shape, boolean heterogeneous) implements CovarianceStructure {

    @Override
    public int dimension() {
        return shape.dimension();
    }

    @Override
    public int parameters() {
        return scales() + shape.parameters();
    }

    private int scales() {
        return heterogeneous ? shape.dimension() : 1;
    }

    @Override
    public double lower(final int k) {
        return k < scales() ? Double.NEGATIVE_INFINITY : shape.lower(k - scales());
    }

    @Override
    public double upper(final int k) {
        return k < scales() ? Double.POSITIVE_INFINITY : shape.upper(k - scales());
    }

    @Override
    public CovarianceStructure forSearch() {
        return heterogeneous && shape instanceof CholeskyShape ? new CholeskyShape(dimension(), false) : this;
    }

    @Override
    public CovarianceStructure holding(final ReportedParameter parameter) {
        return new ScaledStructure(shape.holding(parameter), heterogeneous);
    }

    @Override
    public double[] near(final double[] v) {
        final int n = dimension();
        final double[] correlation = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                correlation[i * n + j] = i == j ? 1 : v[i * n + j] / Math.sqrt(v[i * n + i] * v[j * n + j]);
            }
        }
        final double[] eta = shape.near(correlation);
        final double[] c = new double[n * n];
        shape.at(eta).value(c);
        final double[] theta = new double[parameters()];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            final double square = v[i * n + i] / c[i * n + i];
            mean += square / n;
            if (heterogeneous) {
                theta[i] = Math.log(square) / 2;
            }
        }
        if (!heterogeneous) {
            theta[0] = Math.log(mean) / 2;
        }
        System.arraycopy(eta, 0, theta, scales(), eta.length);
        return theta;
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final int n = dimension();
        final double[] s = new double[n];
        Arrays.setAll(s, i -> Math.exp(theta[heterogeneous ? i : 0]));
        return new Point(n, scales(), s, shape.at(Arrays.copyOfRange(theta, scales(), theta.length)));
    }

    private record Point(int n, int scales, double[] s, CovariancePoint shape) implements CovariancePoint {
        @Override
        public void value(final double[] v) {
            shape.value(v);
            scale(v);
        }

        @Override
        public void first(final int k, final double[] out) {
            if (k < scales) {
                shape.value(out);
                weigh(out, k);
            } else {
                shape.first(k - scales, out);
            }
            scale(out);
        }

        @Override
        public boolean second(final int k, final int l, final double[] out) {
            if (k >= scales && l >= scales) {
                if (!shape.second(k - scales, l - scales, out)) {
                    return false;
                }
            } else if (k < scales && l < scales) {
                shape.value(out);
                weigh(out, k);
                weigh(out, l);
            } else {
                shape.first(Math.max(k, l) - scales, out);
                weigh(out, Math.min(k, l));
            }
            scale(out);
            return true;
        }

        /** d log(s_i s_j) / d log s_k: how often row k occurs among i and j; 2 for the common scale. */
        private void weigh(final double[] out, final int k) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    out[i * n + j] *= scales == 1 ? 2 : (i == k ? 1 : 0) + (j == k ? 1 : 0);
                }
            }
        }

        private void scale(final double[] out) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    out[i * n + j] *= s[i] * s[j];
                }
            }
        }
    }
}
