package dev.mixedmodels.engine.numeric;

/**
 * Upper tail of the studentized range: the range of k independent standard normals over an independent
 * sqrt(chi2(df) / df). Not safe for several threads.
 */
public final class StudentizedRange {
    private static final double INNER_STEP = 0.125;
    private static final double INNER_REACH = 15;

    private final int k;
    private final StudentizedTail tail = new StudentizedTail(this::range);

    /**
     * @param k number of means, at least 2
     */
    public StudentizedRange(final int k) {
        this.k = k;
    }

    /**
     * @param q the studentized range
     * @param df degrees of freedom, positive, possibly infinite
     * @return P(Q &gt; q)
     */
    public double upperTail(final double q, final double df) {
        return q <= 0 && df > 0 ? 1 : tail.upperTail(q, df);
    }

    /**
     * P(range of k normals &gt; w) = k integral phi(z) (A^(k-1) - (A - B)^(k-1)) dz with A = Phi(z), B = Phi(z - w),
     * without cancellation for small B.
     */
    private double range(final double w) {
        double sum = 0;
        for (double d = -INNER_REACH; d <= INNER_REACH; d += INNER_STEP) {
            final double z = w / 2 + d;
            final double a = Tail.normal(-z);
            if (a > 0) {
                final double share = Tail.normal(w - z) / a;
                final double logShare = share < 1 ? Math.log1p(-share) : Double.NEGATIVE_INFINITY;
                sum -= Math.exp(-z * z / 2 + (k - 1) * Math.log(a)) * Math.expm1((k - 1) * logShare);
            }
        }
        return Math.min(1, k * sum * INNER_STEP / Math.sqrt(2 * Math.PI));
    }
}
