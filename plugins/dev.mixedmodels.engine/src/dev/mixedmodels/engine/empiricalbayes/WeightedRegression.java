package dev.mixedmodels.engine.empiricalbayes;

/**
 * Generalised least squares of y_i = x_i'beta + error with variance v_i + A, for known v_i and any A &gt;= 0: the
 * Gaussian marginal model. Sources: Fay &amp; Herriot (1979) JASA 74:269-277; DerSimonian &amp; Laird (1986).
 * <p>
 * Standard errors may span many orders of magnitude. y is taken relative to that of the most precise unit, and rows
 * enter the QR factorisation from the most to the least precise, so that light rows keep their digits.
 */
final class WeightedRegression {
    private final double[] y;
    private final double[] v;
    private final double[] x;
    private final int p;
    private final double centre;
    private final int[] order;

    /**
     * @param y k estimates
     * @param v their variances, positive
     * @param x k x p design row by row, first column 1; null for an intercept alone
     * @param p number of columns; 0 for a mean known to be 0
     */
    WeightedRegression(final double[] y, final double[] v, final double[] x, final int p) {
        this.v = v;
        this.p = p;
        this.x = p == 1 ? null : x;
        this.centre = p == 0 ? 0 : mostPrecise(y, v);
        this.y = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            this.y[i] = y[i] - centre;
        }
        this.order = p > 1 ? fallingPrecision(v) : null;
    }

    private static double mostPrecise(final double[] y, final double[] v) {
        int best = 0;
        for (int i = 1; i < y.length; i++) {
            if (v[i] < v[best] || v[i] == v[best] && y[i] < y[best]) {
                best = i;
            }
        }
        return y[best];
    }

    /** Counting sort by the binary exponent of the variance. */
    private static int[] fallingPrecision(final double[] v) {
        final int shift = 1 - Double.MIN_EXPONENT;
        final int[] start = new int[Double.MAX_EXPONENT + shift + 2];
        for (final double variance : v) {
            start[Math.getExponent(variance) + shift + 1]++;
        }
        for (int e = 1; e < start.length; e++) {
            start[e] += start[e - 1];
        }
        final int[] order = new int[v.length];
        for (int i = 0; i < v.length; i++) {
            order[start[Math.getExponent(v[i]) + shift]++] = i;
        }
        return order;
    }

    int size() {
        return y.length;
    }

    int columns() {
        return p;
    }

    double variance(final int unit) {
        return v[unit];
    }

    /**
     * @param variances other variances
     * @return the same data with these
     */
    WeightedRegression withWeightsOf(final double[] variances) {
        return new WeightedRegression(y, variances, x, p);
    }

    /**
     * @param tau2 not negative
     * @return the same data with v + tau2 as variances
     */
    WeightedRegression plus(final double tau2) {
        final double[] sum = v.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += tau2;
        }
        return withWeightsOf(sum);
    }

    /**
     * @return y_i less a constant; that constant is 0 if the mean is known
     */
    double centred(final int unit) {
        return y[unit];
    }

    double[] design(final int unit) {
        final double[] row = new double[p];
        for (int j = 0; j < p; j++) {
            row[j] = x == null ? 1 : x[unit * p + j];
        }
        return row;
    }

    /**
     * @param tau2 A, not negative
     * @return the fit with weights 1 / (v + A)
     */
    Fit at(final double tau2) {
        return new Fit(this, tau2);
    }

    /**
     * @param tau2 A, not negative
     * @return sum of log(v + A)
     */
    double logVariances(final double tau2) {
        double sum = 0;
        double product = 1;
        for (int i = 0; i < v.length; i++) {
            product *= v[i] + tau2;
            if (!(product > 1e-150 && product < 1e150)) { // one logarithm for many factors
                sum += Math.log(product);
                product = 1;
            }
        }
        return sum + Math.log(product);
    }

    /** The fit at one A, with W = diag(1 / (v + A)), C = (X'WX)^-1 and P = W - W X C X'W. */
    static final class Fit {
        private final WeightedRegression data;
        private final double tau2;
        private final int p;
        /** Upper triangular R of the QR factorisation of W^(1/2) (X, y), with y as last column. */
        private final double[][] r;
        private final double[] beta;
        private double sumW;
        private double sumPairs; // sum over i < j of w_i w_j, for one column

        private Fit(final WeightedRegression data, final double tau2) {
            this.data = data;
            this.tau2 = tau2;
            this.p = data.p;
            this.r = new double[p][p + 1];
            if (p == 1) {
                weightedMean();
            } else if (p > 1) {
                factor();
            }
            beta = new double[p];
            for (int j = p - 1; j >= 0; j--) {
                double sum = r[j][p];
                for (int l = j + 1; l < p; l++) {
                    sum -= r[j][l] * beta[l];
                }
                beta[j] = sum / r[j][j];
            }
        }

        private void weightedMean() {
            double sumWy = 0;
            for (int i = 0; i < data.y.length; i++) {
                final double w = 1 / (data.v[i] + tau2);
                sumPairs += w * sumW;
                sumW += w;
                sumWy += w * data.y[i];
            }
            r[0][0] = Math.sqrt(sumW);
            r[0][1] = sumWy / r[0][0];
        }

        /** Row by row with Givens rotations. */
        private void factor() {
            final double[] row = new double[p + 1];
            for (final int i : data.order) {
                final double w = 1 / (data.v[i] + tau2);
                final double root = Math.sqrt(w);
                for (int j = 0; j < p; j++) {
                    row[j] = root * data.x[i * p + j];
                }
                row[p] = root * data.y[i];
                for (int j = 0; j < p; j++) {
                    if (row[j] != 0) {
                        final double[] rj = r[j];
                        final double length = Math.sqrt(rj[j] * rj[j] + row[j] * row[j]);
                        final double c = rj[j] / length;
                        final double s = row[j] / length;
                        rj[j] = length;
                        for (int l = j + 1; l <= p; l++) {
                            final double above = rj[l];
                            rj[l] = c * above + s * row[l];
                            row[l] = c * row[l] - s * above;
                        }
                    }
                }
            }
        }

        double tau2() {
            return tau2;
        }

        /**
         * @return coefficients for y itself
         */
        double[] coefficients() {
            final double[] b = beta.clone();
            if (p > 0) {
                b[0] += data.centre;
            }
            return b;
        }

        /**
         * @return y_i - x_i'beta
         */
        double residual(final int i) {
            if (p < 2) {
                return p == 0 ? data.y[i] : data.y[i] - beta[0];
            }
            double fitted = 0;
            for (int j = 0; j < p; j++) {
                fitted += data.x[i * p + j] * beta[j];
            }
            return data.y[i] - fitted;
        }

        /**
         * @return C = (X'WX)^-1
         */
        double[][] covariance() {
            final double[][] inverse = new double[p][]; // rows R^-T e_j
            for (int j = 0; j < p; j++) {
                final double[] unit = new double[p];
                unit[j] = 1;
                inverse[j] = whiten(unit);
            }
            final double[][] c = new double[p][p];
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    for (int l = 0; l < p; l++) {
                        c[i][j] += inverse[i][l] * inverse[j][l];
                    }
                }
            }
            return c;
        }

        /**
         * @param row x
         * @return R^-T x, whose square is x'Cx
         */
        double[] whiten(final double[] row) {
            final double[] q = row.clone();
            for (int j = 0; j < p; j++) {
                for (int l = 0; l < j; l++) {
                    q[j] -= r[l][j] * q[l];
                }
                q[j] /= r[j][j];
            }
            return q;
        }

        /**
         * @return x_i'C x_i
         */
        double meanVariance(final int i) {
            if (p < 2) {
                return p == 0 ? 0 : 1 / sumW;
            }
            double sum = 0;
            for (final double q : whiten(data.design(i))) {
                sum += q * q;
            }
            return sum;
        }

        /**
         * @return log |X'WX|
         */
        double logDeterminant() {
            double sum = 0;
            for (int j = 0; j < p; j++) {
                sum += 2 * Math.log(Math.abs(r[j][j]));
            }
            return sum;
        }

        /**
         * @return sums over the units
         */
        WeightedSums sums() {
            return WeightedSums.of(this, data, sumPairs);
        }
    }
}
