package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.statistics.MeanVariance;

/**
 * Mean variances over the rows, in the user's units.
 *
 * @param fixed variance of X beta, with N - 1
 * @param random mean of z'Dz
 * @param residual mean residual variance, of rows of weight 1
 */
record VarianceShares(double fixed, double random, double residual) {

    static VarianceShares of(final SubjectData data, final ResidualColumns columns, final Estimate estimate) {
        final double square = estimate.unit() * estimate.unit();
        return new VarianceShares(MeanVariance.of(data.coefficients(estimate.atMinimum().beta()),
            data.design().fixed().intercept(), data.size(), data.plain()),
            random(data, estimate.factor()) * square,
            residual(data, columns, estimate.eta()) * Math.exp(estimate.logScale()) * square);
    }

    /** The share of the random effects in what the mean leaves, with D / s = F F' and eta. */
    static double intraclass(final SubjectData data, final ResidualColumns columns, final double[] relativeFactor,
        final double[] eta) {
        final double random = random(data, relativeFactor);
        return random / (random + residual(data, columns, eta));
    }

    /** Mean residual variance, relative to s. */
    private static double residual(final SubjectData data, final ResidualColumns columns, final double[] eta) {
        if (columns.exponents().length == 0) {
            return 1;
        }
        double sum = 0;
        for (int i = 0; i < data.size(); i++) {
            final double deviation = columns.relativeDeviation(eta, i);
            sum += deviation * deviation;
        }
        return sum / data.size();
    }

    /** Mean of z'Dz = |F'z|^2, which is |F|^2 where Z_c'Z_c = N I. */
    private static double random(final SubjectData data, final double[] factor) {
        double sum = 0;
        if (data.design().weights().equal() || data.random() == null) {
            for (final double f : factor) {
                sum += f * f;
            }
            return sum;
        }
        final int q = data.q();
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < q; b++) {
                double d = 0;
                for (int c = 0; c < q; c++) {
                    d += factor[a * q + c] * factor[b * q + c];
                }
                sum += d * data.plain().product(data.p() + a, data.p() + b) / data.size();
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
