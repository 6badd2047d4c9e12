package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Words;

/**
 * Units whose theta is known, with a standard error of 0. In regressions they have a variance so small that it is lost
 * beside any A that fits.
 * <p>
 * Let K units be known, with r the rank of their design and S their residual sum of squares around the best mean of
 * their own. As A goes to 0, log likelihoods go as -(K - r') / 2 log A - S / (2 A), r' = r for a restricted likelihood
 * and 0 for a full one. So with S &gt; 0 they have a maximum, and it is at A &gt; 0; with S = 0 they grow without
 * bound, unless K = r'.
 */
final class KnownUnits {
    /** Standard error of a known unit over the smallest of the others. */
    static final double NEGLIGIBLE = 0x1p-60;
    /** Columns of a design whose rows are combinations of others but for this are so. */
    private static final double DEPENDENT = 1e-10;
    /** Of residuals of an exact fit, in units of the last place of the largest y. */
    private static final double ROUNDING = 64;

    private final double[] y;
    private final double[] v;
    private final double[] x;
    private final int p;
    private int count;
    private int rank;
    private boolean exact;

    /**
     * @param y estimates, relative to the mean if that is given
     * @param v their variances, 0 of those that are known
     * @param x k x p design; null for an intercept alone
     * @param p number of columns
     */
    KnownUnits(final double[] y, final double[] v, final double[] x, final int p) {
        this.y = y;
        this.v = v;
        this.x = x;
        this.p = p;
        for (final double variance : v) {
            count += variance == 0 ? 1 : 0;
        }
        if (count > 0) {
            fit();
        }
    }

    /** Row by row with Givens rotations; what is left of y after them is its residual. */
    private void fit() {
        final double[][] r = new double[p][p + 1];
        final double[] row = new double[p + 1];
        double squares = 0;
        double size = 0;
        for (int i = 0; i < y.length; i++) {
            if (v[i] > 0) {
                continue;
            }
            size = Math.max(size, Math.abs(y[i]));
            double largest = 0;
            for (int j = 0; j < p; j++) {
                row[j] = x == null ? 1 : x[i * p + j];
                largest = Math.max(largest, Math.abs(row[j]));
            }
            row[p] = y[i];
            for (int j = 0; j < p; j++) {
                if (Math.abs(row[j]) > DEPENDENT * largest) {
                    rotate(r[j], row, j);
                }
            }
            squares += row[p] * row[p];
        }
        for (int j = 0; j < p; j++) {
            rank += r[j][j] == 0 ? 0 : 1;
        }
        exact = Math.sqrt(squares) <= ROUNDING * Math.ulp(size) * Math.sqrt(count);
    }

    private void rotate(final double[] above, final double[] row, final int from) {
        final double length = Math.hypot(above[from], row[from]);
        final double c = above[from] / length;
        final double s = row[from] / length;
        for (int l = from; l <= p; l++) {
            final double old = above[l];
            above[l] = c * old + s * row[l];
            row[l] = c * row[l] - s * old;
        }
        row[from] = 0;
    }

    /** Number of known units. */
    int count() {
        return count;
    }

    /** Whether the known units lie off any mean, so that A is not 0. */
    boolean differ() {
        return count > 0 && !exact;
    }

    /**
     * @return the variances for regressions, all positive
     */
    double[] variances() {
        if (count == 0) {
            return v;
        }
        double least = Double.POSITIVE_INFINITY;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < v.length; i++) {
            least = v[i] > 0 ? Math.min(least, v[i]) : least;
            low = Math.min(low, y[i]);
            high = Math.max(high, y[i]);
        }
        final double scale = least < Double.POSITIVE_INFINITY ? least : high > low ? (high - low) * (high - low) : 1;
        final double[] variances = v.clone();
        for (int i = 0; i < v.length; i++) {
            variances[i] = v[i] > 0 ? v[i] : scale * NEGLIGIBLE * NEGLIGIBLE;
        }
        return variances;
    }

    /**
     * @param estimator of A
     * @param givenTau2 A where it is given
     * @return what stands against known units, for the user; null if nothing
     */
    String fault(final PriorEstimator estimator, final double givenTau2) {
        if (count == 0 || estimator == PriorEstimator.GIVEN && givenTau2 > 0) {
            return null;
        }
        final String known = Words.count(count, "unit") + (count == 1 ? " has" : " have") + " the standard error 0";
        if (estimator == PriorEstimator.GIVEN) {
            return known + ", and with a given prior variance of 0 all units would lie on the prior mean. Give a "
                + "positive one under \"Given prior variance\".";
        }
        if (estimator == PriorEstimator.DERSIMONIAN_LAIRD || estimator == PriorEstimator.HUNTER_SCHMIDT
            || estimator == PriorEstimator.JAMES_STEIN) {
            return known + ", and the estimator \"" + estimator + "\" weights units by the inverse of their sampling"
                + " variances. Choose \"REML\" or \"Paule-Mandel\".";
        }
        if (exact && count > (estimator == PriorEstimator.ML ? 0 : rank)) {
            return known + ", and " + (count == 1 ? "it lies" : "they all lie")
                + " on one prior mean exactly, so that the "
                + (estimator == PriorEstimator.ML ? "likelihood" : "fit") + " grows better without bound as the prior "
                + "variance goes to 0. " + (estimator == PriorEstimator.ML && count <= rank
                ? "Choose the estimator \"REML\""
                    : "Leave out such units") + ", or give the prior variance (estimator \"Given\").";
        }
        return null;
    }
}
