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
     * @param x k x p design row by row; null for an intercept alone
     * @param p number of columns; 0 for a mean known to be 0
     */
    WeightedRegression(final double[] y, final double[] v, final double[] x, final int p) {
        this.v = v;
        this.p = p;
        final boolean intercept = p > 0 && isOne(x, p);
        this.x = p == 1 && intercept ? null : x;
        this.centre = intercept ? mostPrecise(y, v) : 0;
        this.y = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            this.y[i] = y[i] - centre;
        }
        this.order = p > 0 && this.x != null ? fallingPrecision(v) : null;
    }

    /** Whether the first column of the design is 1 in all rows. */
    private static boolean isOne(final double[] x, final int p) {
        for (int i = 0; x != null && i < x.length; i += p) {
            if (x[i] != 1) {
                return false;
            }
        }
        return true;
    }

    private static double mostPrecise(final double[] y, final double[] v) {
        int best = 0;
        for (int i = 1; i < y.length; i++) {
            if (v[i] < v[best] || v[i] == v[best] && y[i] < y[best]) {
                best = i;
            }
        }
        return y.length == 0 ? 0 : y[best];
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

    /**
     * @return whether the mean is one unknown number
     */
    boolean isOneMean() {
        return p == 1 && x == null;
    }

    double centre() {
        return centre;
    }

    /**
     * @return the units from the most to the least precise, up to a factor of 2; null without covariates
     */
    int[] order() {
        return order;
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
     * @return y_i less a constant; that constant is 0 without an intercept
     */
    double centred(final int unit) {
        return y[unit];
    }

    double design(final int unit, final int column) {
        return x == null ? 1 : x[unit * p + column];
    }

    double[] design(final int unit) {
        final double[] row = new double[p];
        for (int j = 0; j < p; j++) {
            row[j] = design(unit, j);
        }
        return row;
    }

    /**
     * @param tau2 A, not negative
     * @return the fit with weights 1 / (v + A)
     */
    WeightedFit at(final double tau2) {
        return new WeightedFit(this, tau2);
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
}
