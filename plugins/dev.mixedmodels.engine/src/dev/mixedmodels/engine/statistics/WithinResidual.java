package dev.mixedmodels.engine.statistics;

/**
 * The regression of the response on the fixed effects within units, as if the effects of every unit were free: the
 * limit of generalised least squares as the variances of the random effects grow.
 *
 * @param coefficients p; 0 for a column that has no variation within units of its own
 * @param sumOfSquares what the regression leaves
 * @param explained the sum of squares that its coefficients account for
 * @param df rows less all coefficients, those of units included; 0 or negative if nothing can be left
 */
public record WithinResidual(double[] coefficients, double sumOfSquares, double explained, long df) {
    /** What is left of a column, relative to all of it, that is rounding. */
    private static final double RANK = 1e-10;
    /** So many times the rest may be explained before rounding of the one shows in the other. */
    private static final double HARMLESS = 1e3;

    /**
     * @param data reduced rows, X in columns of unit mean square
     * @return their regression within units
     */
    public static WithinResidual of(final GroupReduction data) {
        return of(data.fixedEffects(), data.rows(), ranks(data), data.within());
    }

    /**
     * @param p number of fixed effects
     * @param rows number of rows
     * @param ranks sum of the ranks of the units' Z, as {@link #ranks} gives it
     * @param within sums of squares and products within units, (p + 1) x (p + 1) row-major
     * @return their regression within units
     */
    public static WithinResidual of(final int p, final long rows, final long ranks, final double[] within) {
        final int p1 = p + 1;
        final double[] a = within.clone();
        final boolean[] kept = new boolean[p];
        long df = rows - ranks;
        for (int k = 0; k < p; k++) {
            final double pivot = a[k * p1 + k];
            kept[k] = pivot > RANK * rows;
            if (kept[k]) {
                df--;
                for (int i = k + 1; i < p1; i++) {
                    final double factor = a[i * p1 + k] / pivot;
                    for (int j = k + 1; j < p1; j++) {
                        a[i * p1 + j] -= factor * a[k * p1 + j];
                    }
                }
            }
        }
        final double[] b = new double[p];
        for (int k = p - 1; k >= 0; k--) {
            double sum = a[k * p1 + p];
            for (int j = k + 1; j < p; j++) {
                sum -= a[k * p1 + j] * b[j];
            }
            b[k] = kept[k] ? sum / a[k * p1 + k] : 0;
        }
        final double rest = Math.max(0, a[p * p1 + p]);
        return new WithinResidual(b, rest, within[p * p1 + p] - rest, df);
    }

    /**
     * @param data reduced rows
     * @return sum of the ranks of the units' Z
     */
    public static long ranks(final GroupReduction data) {
        final int q = data.effects();
        long ranks = 0;
        for (int unit = 0; unit < data.levels(); unit++) {
            for (int c = 0; c < q; c++) {
                double column = 0;
                for (int i = 0; i <= c; i++) {
                    final double r = data.r()[(unit * q + i) * q + c];
                    column += r * r;
                }
                final double pivot = data.r()[(unit * q + c) * q + c];
                ranks += pivot * pivot > RANK * RANK * column ? 1 : 0;
            }
        }
        return ranks;
    }

    /**
     * @return whether cross-products lose digits of the rest to what is explained, so that these coefficients are
     *         better taken off the response first
     */
    public boolean cancels() {
        return explained > HARMLESS * sumOfSquares;
    }
}
