package dev.mixedmodels.engine.covariance;

/**
 * The map rho = x / sqrt(1 + x^2) of the real line onto (-1, 1), as in mmrm, with its derivatives.
 *
 * @param rho the correlation
 * @param first d rho / dx = (1 + x^2)^(-3/2)
 * @param second d2 rho / dx2 = -3 x (1 + x^2)^(-5/2)
 */
record CorrelationMap(double rho, double first, double second) {
    /** No correlation of a starting value lies nearer to -1 or 1 than this. */
    private static final double MARGIN = 1e-12;

    static CorrelationMap of(final double x) {
        final double root = Math.hypot(1, x);
        final double inverse = 1 / root;
        final double cube = inverse * inverse * inverse;
        return new CorrelationMap(x * inverse, cube, -3 * x * cube * inverse * inverse);
    }

    /** The x of a correlation, which is first moved into (-1, 1). */
    static double inverse(final double rho) {
        final double inside = Math.max(-1 + MARGIN, Math.min(1 - MARGIN, rho));
        return inside / Math.sqrt((1 - inside) * (1 + inside));
    }

    static CorrelationMap[] of(final double[] x) {
        final CorrelationMap[] maps = new CorrelationMap[x.length];
        for (int k = 0; k < x.length; k++) {
            maps[k] = of(x[k]);
        }
        return maps;
    }
}
