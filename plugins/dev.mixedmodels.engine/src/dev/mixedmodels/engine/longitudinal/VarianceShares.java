package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.design.FixedDesign;

/**
 * Mean variances over the rows, in the user's units.
 *
 * @param fixed variance of X beta, with N - 1
 * @param random mean of z'Dz
 * @param residual mean residual variance, of rows of weight 1
 */
record VarianceShares(double fixed, double random, double residual) {

    static VarianceShares of(final SubjectData data, final ResidualColumns columns, final Estimate estimate) {
        final double[] gamma = data.coefficients(estimate.atMinimum().beta());
        final double square = estimate.unit() * estimate.unit();
        double sum = 0;
        for (int i = 0; i < data.size() && columns.exponents().length > 0; i++) {
            final double deviation = columns.relativeDeviation(estimate.eta(), i);
            sum += deviation * deviation;
        }
        final double relative = columns.exponents().length == 0 ? 1 : sum / data.size();
        return new VarianceShares(fixed(data, gamma), random(data, estimate) * square,
            relative * Math.exp(estimate.logScale()) * square);
    }

    /** With an intercept and without weights (W'W = N I) the sum of squared coefficients of all but the constant. */
    private static double fixed(final SubjectData data, final double[] gamma) {
        final FixedDesign design = data.design().fixed();
        final int first = design.intercept() ? 1 : 0;
        final double n = data.size();
        double squares = 0;
        if (design.intercept() && data.design().weights().equal()) {
            for (int k = first; k < gamma.length; k++) {
                squares += gamma[k] * gamma[k];
            }
            return squares * n / (n - 1);
        }
        final double[] w = new double[gamma.length];
        double sum = 0;
        for (int i = 0; i < data.size(); i++) {
            design.basisRow(data.frameRow(i), w);
            double mean = 0;
            for (int k = first; k < gamma.length; k++) {
                mean += w[k] * gamma[k];
            }
            sum += mean;
            squares += mean * mean;
        }
        return (squares - sum * sum / n) / (n - 1);
    }

    /** Mean of z'Dz = |F'z|^2, which is |F|^2 where Z_c'Z_c = N I. */
    private static double random(final SubjectData data, final Estimate estimate) {
        final double[] factor = estimate.factor();
        double sum = 0;
        if (data.design().weights().equal() || data.random() == null) {
            for (final double f : factor) {
                sum += f * f;
            }
            return sum;
        }
        final int q = data.random().size();
        final double[] z = new double[q];
        for (int i = 0; i < data.size(); i++) {
            data.random().basisRow(data.frameRow(i), z);
            for (int c = 0; c < q; c++) {
                double along = 0;
                for (int r = 0; r < q; r++) {
                    along += factor[r * q + c] * z[r];
                }
                sum += along * along / data.size();
            }
        }
        return sum;
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
