package dev.mixedmodels.engine.numeric;

/**
 * The lower tail of log(X / (1 - X)), X beta with two large shapes, at a point below its mode, by the double
 * exponential rule: from there the density falls to the left as exp(-E(t)) with
 * <pre>
 * E(t) = a t + n log(1 - x + x exp(-t)) = lambda t + n (log(1 + x s) - x log(1 + s)),   s = exp(-t) - 1,
 * n = a + b,   lambda = a (1 - x) - b x &gt;= 0,
 * </pre>
 * which is so near a parabola that some hundred points serve shapes of any size.
 * <p>
 * Source of the rule: Takahasi &amp; Mori (1974) Publ. RIMS 9:721-741.
 */
record BetaIntegral(double n, double x, double y, double lambda) {
    /** Both shapes are at least this: what matters lies within a hundredth of the point. */
    static final double LEAST_SHAPE = 1e6;

    private static final double STEP = 1.0 / 16;
    /** Here the points start, at 1e-38 of the scale, and 42 scales further the density is negligible. */
    private static final double FIRST = -4.5;
    private static final double LAST = 3.75;

    /**
     * @param n sum of the shapes a and b, each at least {@link #LEAST_SHAPE}
     * @param x where, in (0, 1)
     * @param y 1 - x
     * @param lambda a y - b x, not negative
     * @return I_x(a, b) over the density of log(X / (1 - X)) there
     */
    static double of(final double n, final double x, final double y, final double lambda) {
        return new BetaIntegral(n, x, y, lambda).integral();
    }

    private double integral() {
        final double scale = 2 / (lambda + Math.sqrt(lambda * lambda + 2 * n * x * y)); // E is about 1 there
        double sum = 0;
        for (double w = FIRST; w <= LAST; w += STEP) {
            final double inner = Math.exp(-w);
            final double t = scale * Math.exp(w - inner);
            sum += t * (1 + inner) * Math.exp(-exponent(t));
        }
        return STEP * sum;
    }

    /** E(t), written in the smaller one of x and y, in which nothing cancels. */
    private double exponent(final double t) {
        final double share = Math.min(x, y);
        final double s = Math.expm1(x <= y ? -t : t); // E is the same with y, exp(t) - 1 for x, exp(-t) - 1
        return lambda * t + n * share * s * s * (Deviance.kappa(s) - share * Deviance.kappa(share * s));
    }
}
