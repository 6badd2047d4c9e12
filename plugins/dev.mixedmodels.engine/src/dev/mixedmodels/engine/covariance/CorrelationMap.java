package dev.mixedmodels.engine.covariance;

/**
 * A map of the real line onto (-1, 1), with its derivatives: mostly rho = x / sqrt(1 + x^2), as in mmrm, of which they
 * are (1 + x^2)^(-3/2) and -3 x (1 + x^2)^(-5/2).
 *
 * @param rho the correlation
 * @param first d rho / dx
 * @param second d2 rho / dx2
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

    /** rho = tanh x. */
    static CorrelationMap tanh(final double x) {
        final double value = Math.tanh(x);
        final double sech = 1 / Math.cosh(x);
        return new CorrelationMap(value, sech * sech, -2 * value * sech * sech);
    }

    /** The x of rho = tanh x. */
    static double artanh(final double rho) {
        return (Math.log1p(rho) - Math.log1p(-rho)) / 2;
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
