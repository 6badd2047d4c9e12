package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.Matrices;

/**
 * Generalised least squares at one A, with W = diag(1 / (v + A)), C = (X'WX)^-1 and
 * P = W - W X C X'W.
 */
final class WeightedFit {
    /** Of an exact fit, in units of the last place of the largest y. */
    private static final double ROUNDING = 8;

    private final WeightedRegression data;
    private final double tau2;
    private final int without;
    private final int p;
    /** Upper triangular R of the QR factorisation of W^(1/2) (X, y), with y as last column. */
    private final double[][] r;
    private final PrecisionFactor factor;
    private final double[] beta;
    private double sumW;
    private double sumPairs; // sum over i < j of w_i w_j, for one column

    WeightedFit(final WeightedRegression data, final double tau2) {
        this(data, tau2, -1);
    }

    private WeightedFit(final WeightedRegression data, final double tau2, final int without) {
        this.data = data;
        this.tau2 = tau2;
        this.without = without;
        this.p = data.columns();
        this.r = new double[p][p + 1];
        this.factor = new PrecisionFactor(r);
        if (data.isOneMean()) {
            weightedMean();
        } else if (p > 0) {
            rotate();
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

    /**
     * @param unit a unit
     * @return the fit of the others
     */
    WeightedFit without(final int unit) {
        return new WeightedFit(data, tau2, unit);
    }

    private void weightedMean() {
        double sumWy = 0;
        for (int i = 0; i < data.size(); i++) {
            if (i == without) {
                continue;
            }
            final double w = 1 / (data.variance(i) + tau2);
            sumPairs += w * sumW;
            sumW += w;
            sumWy += w * data.centred(i);
        }
        r[0][0] = Math.sqrt(sumW);
        r[0][1] = sumWy / r[0][0];
    }

    /** Row by row with Givens rotations. */
    private void rotate() {
        final double[] row = new double[p + 1];
        for (final int i : data.order()) {
            if (i == without) {
                continue;
            }
            final double w = 1 / (data.variance(i) + tau2);
            final double root = Math.sqrt(w);
            for (int j = 0; j < p; j++) {
                row[j] = root * data.design(i, j);
            }
            row[p] = root * data.centred(i);
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
            b[0] += data.centre(); // 0 without an intercept
        }
        return b;
    }

    /**
     * @return y_i - x_i'beta
     */
    double residual(final int i) {
        if (p == 0 || data.isOneMean()) {
            return p == 0 ? data.centred(i) : data.centred(i) - beta[0];
        }
        double fitted = 0;
        for (int j = 0; j < p; j++) {
            fitted += data.design(i, j) * beta[j];
        }
        return data.centred(i) - fitted;
    }

    /**
     * @return whether the residuals are no more than the rounding of y
     */
    boolean isExact() {
        double residual = 0;
        double size = Math.abs(data.centre());
        for (int i = 0; i < data.size(); i++) {
            residual = Math.max(residual, Math.abs(residual(i)));
            size = Math.max(size, Math.abs(data.centre() + data.centred(i)));
        }
        return residual <= ROUNDING * Math.ulp(size);
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
                c[i][j] = Matrices.dot(inverse[i], inverse[j]);
            }
        }
        return c;
    }

    /**
     * @return R
     */
    PrecisionFactor factor() {
        return factor;
    }

    /**
     * @param row x
     * @return R^-T x, whose square is x'Cx
     */
    double[] whiten(final double[] row) {
        return factor.whiten(row);
    }

    /**
     * @return x_i'C x_j
     */
    double meanCovariance(final int i, final int j) {
        return factor.covariance(data.design(i), data.design(j));
    }

    /**
     * @return x_i'C x_i
     */
    double meanVariance(final int i) {
        if (p == 0 || data.isOneMean()) {
            return p == 0 ? 0 : 1 / sumW;
        }
        return meanCovariance(i, i);
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
     * @return trace(P) = 2 sum over i &lt; j of w_i w_j / sum w where there is one column, without cancellation
     */
    double traceOfOneColumn() {
        return 2 * sumPairs / sumW;
    }

    /**
     * @return sums over the units
     */
    WeightedSums sums() {
        return WeightedSums.of(this, data);
    }
}
