package dev.mixedmodels.engine.covariance;

/**
 * What is reported as a function of what an optimiser sees, with its derivatives: mostly a map of the real line onto
 * (-1, 1), rho = x / sqrt(1 + x^2), as in mmrm, of which they are (1 + x^2)^(-3/2) and -3 x (1 + x^2)^(-5/2).
 *
 * @param value the value
 * @param first derivative by x
 * @param second derivative by x, twice
 */
public record ParameterMap(double value, double first, double second) {
    /** No correlation of a starting value lies nearer to -1 or 1 than this. */
    private static final double MARGIN = 1e-12;

    static ParameterMap correlation(final double x) {
        final double root = Math.hypot(1, x);
        final double inverse = 1 / root;
        final double cube = inverse * inverse * inverse;
        return new ParameterMap(x * inverse, cube, -3 * x * cube * inverse * inverse);
    }

    /** The x of a correlation, which is first moved into (-1, 1). */
    static double inverse(final double rho) {
        final double inside = Math.max(-1 + MARGIN, Math.min(1 - MARGIN, rho));
        return inside / Math.sqrt((1 - inside) * (1 + inside));
    }

    static ParameterMap tanh(final double x) {
        final double value = Math.tanh(x);
        final double sech = 1 / Math.cosh(x);
        return new ParameterMap(value, sech * sech, -2 * value * sech * sech);
    }

    /** The x of rho = tanh x. */
    static double artanh(final double rho) {
        return (Math.log1p(rho) - Math.log1p(-rho)) / 2;
    }

    /** The value as a function of P parameters of which x is parameter k. */
    Jet jet(final int k, final int parameters) {
        return Jet.variable(k, value, first, second, parameters);
    }
}
