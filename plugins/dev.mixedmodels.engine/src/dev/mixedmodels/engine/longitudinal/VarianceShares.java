package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.design.FixedDesign;

/**
 * Mean variances over the rows, in the user's units.
 *
 * @param fixed variance of X beta, with N - 1
 * @param random mean of z'Dz
 * @param residual mean residual variance
 */
record VarianceShares(double fixed, double random, double residual) {

    /** In orthonormal columns (W'W = N I, Z_c'Z_c = N I) variances are sums of squared coefficients. */
    static VarianceShares of(final SubjectData data, final ResidualColumns columns, final Estimate estimate) {
        final double[] gamma = data.coefficients(estimate.atMinimum().beta());
        final double square = estimate.unit() * estimate.unit();
        double random = 0;
        for (final double f : estimate.factor()) {
            random += f * f;
        }
        double sum = 0;
        for (int i = 0; i < data.size() && columns.exponents().length > 0; i++) {
            final double deviation = columns.relativeDeviation(estimate.eta(), i);
            sum += deviation * deviation;
        }
        final double relative = columns.exponents().length == 0 ? 1 : sum / data.size();
        return new VarianceShares(fixed(data, gamma), random * square,
            relative * Math.exp(estimate.logScale()) * square);
    }

    private static double fixed(final SubjectData data, final double[] gamma) {
        final FixedDesign design = data.design().fixed();
        final double n = data.size();
        double squares = 0;
        for (int k = design.intercept() ? 1 : 0; k < gamma.length; k++) {
            squares += gamma[k] * gamma[k];
        }
        if (design.intercept()) {
            return squares * n / (n - 1);
        }
        final double[] w = new double[gamma.length];
        double sum = 0;
        for (int i = 0; i < data.size(); i++) {
            design.basisRow(data.frameRow(i), w);
            for (int k = 0; k < gamma.length; k++) {
                sum += w[k] * gamma[k];
            }
        }
        return (squares * n - sum * sum / n) / (n - 1);
    }

    /** Nakagawa and Schielzeth (2013), Johnson (2014). */
    double marginal() {
        return fixed / (fixed + random + residual);
    }

    double conditional() {
        return (fixed + random) / (fixed + random + residual);
    }

    /** Share of the random effects in what the mean leaves. */
    double intraclass() {
        return random / (random + residual);
    }
}
