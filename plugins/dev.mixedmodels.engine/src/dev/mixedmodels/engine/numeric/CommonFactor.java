package dev.mixedmodels.engine.numeric;

/**
 * Standard normals that have one factor in common: Z_i = a_i F + sqrt(1 - a_i^2) E_i, so that their correlations are
 * a_i a_j. Given F they are independent, and tails are integrals over F, by the trapezoidal rule as in
 * {@link StudentizedRange}.
 */
final class CommonFactor {
    /** Correlations that differ by less are the same. */
    private static final double SAME = 1e-10;
    /** Above this the integrand is too sharp. */
    private static final double MOST = 0.99;
    private static final double STEP = 0.125;
    private static final double REACH = 15;

    private final double[] a;
    private final double[] rest;
    private final double step;

    private CommonFactor(final double[] a) {
        this.a = a;
        rest = new double[a.length];
        double finest = STEP;
        for (int i = 0; i < a.length; i++) {
            rest[i] = Math.sqrt(1 - a[i] * a[i]);
            finest = Math.min(finest, STEP * rest[i] / Math.max(Math.abs(a[i]), STEP));
        }
        step = finest;
    }

    /**
     * @param correlation k x k
     * @return the factor; null if the correlations are no such products, or nearly 1
     */
    static CommonFactor of(final double[][] correlation) {
        final double[] a = loadings(correlation);
        for (int i = 0; i < a.length; i++) {
            if (!(Math.abs(a[i]) <= MOST)) {
                return null;
            }
            for (int j = 0; j < i; j++) {
                if (!(Math.abs(correlation[i][j] - a[i] * a[j]) <= SAME)) {
                    return null;
                }
            }
        }
        return new CommonFactor(a);
    }

    /** From the largest correlation and one with a third variable; zero without correlations. */
    private static double[] loadings(final double[][] r) {
        final int k = r.length;
        final double[] a = new double[k];
        int first = 0;
        int second = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                if (second == first || Math.abs(r[i][j]) > Math.abs(r[second][first])) {
                    first = j;
                    second = i;
                }
            }
        }
        if (k < 2 || Math.abs(r[second][first]) <= SAME) {
            return a;
        }
        int third = -1;
        for (int i = 0; i < k; i++) {
            if (i != first && i != second && (third < 0 || Math.abs(r[i][second]) > Math.abs(r[third][second]))) {
                third = i;
            }
        }
        final boolean alone = third < 0 || Math.abs(r[third][second]) <= SAME;
        a[first] = Math.sqrt(Math.abs(alone ? r[second][first]
            : r[first][third] * r[first][second] / r[third][second]));
        for (int i = 0; i < k; i++) {
            a[i] = i == first ? a[i] : r[i][first] / a[first];
        }
        return a;
    }

    /** P(any Z_i &gt; w), or of |Z_i|, for w from 0, without cancellation where it is small. */
    double any(final double w, final boolean twoSided) {
        double sum = 0;
        for (double f = -REACH; f <= REACH; f += step) {
            double logNone = 0;
            for (int i = 0; i < a.length; i++) {
                final double above = Tail.normal((w - a[i] * f) / rest[i])
                    + (twoSided ? Tail.normal((w + a[i] * f) / rest[i]) : 0);
                logNone += above < 1 ? Math.log1p(-above) : Double.NEGATIVE_INFINITY;
            }
            sum -= Math.exp(-f * f / 2) * Math.expm1(logNone);
        }
        return Math.min(1, sum * step / Math.sqrt(2 * Math.PI));
    }

    /** P(all Z_i &gt; w). */
    double all(final double w) {
        double sum = 0;
        for (double f = -REACH; f <= REACH; f += step) {
            double product = Math.exp(-f * f / 2);
            for (int i = 0; i < a.length && product > 0; i++) {
                product *= Tail.normal((w - a[i] * f) / rest[i]);
            }
            sum += product;
        }
        return Math.min(1, sum * step / Math.sqrt(2 * Math.PI));
    }
}
