package dev.mixedmodels.engine.oneway;

/**
 * The analysis-of-variance estimators: tau2 = MSW, sigma2 = (MSB - MSW) / n0, mu the mean of all responses. Unbiased
 * whatever the distribution; sigma2 may be negative. Variances of the estimates are those under normality with the
 * estimates put in:
 * <pre>
 * Var(SSB) = 2 [sum v_i^2 - (2 / N) sum n_i v_i^2 + (sum n_i v_i)^2 / N^2],   v_i = tau2 + n_i sigma2
 * Var(SSW) = 2 (N - a) tau2^2,   independent of SSB
 * </pre>
 * Source: Henderson (1953) Biometrics 9:226-252, method I; Searle, Casella &amp; McCulloch (1992) sections 3.6 and
 * 5.2.
 */
final class MomentEstimator {
    private MomentEstimator() {
    }

    static VarianceEstimates estimate(final SizeClasses data, final AnovaTable anova) {
        final double units = data.unit() * data.unit();
        return estimate(data, anova.meanSquareBetween() / units, anova.meanSquareWithin() / units,
            anova.sumOfSquaredSizes(), 0);
    }

    /** The same from the classes alone, which need not be about their grand mean. */
    static VarianceEstimates estimate(final SizeClasses data) {
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < data.classes(); k++) {
            sum += data.count()[k] * data.size()[k] * data.mean()[k];
            squares += data.count()[k] * data.size()[k] * data.size()[k];
        }
        final double grand = sum / data.total();
        double between = 0;
        for (int k = 0; k < data.classes(); k++) {
            final double d = data.mean()[k] - grand;
            between += data.size()[k] * (data.scatter()[k] + data.count()[k] * d * d);
        }
        return estimate(data, between / (data.groups() - 1), data.within() / (data.rows() - data.groups()), squares,
            grand);
    }

    private static VarianceEstimates estimate(final SizeClasses data, final double meanSquareBetween, final double tau2,
        final double sumOfSquaredSizes, final double mean) {
        final double n0 = (data.total() - sumOfSquaredSizes / data.total()) / (data.groups() - 1);
        final double sigma2 = (meanSquareBetween - tau2) / n0;
        final double[] slope = {sumOfSquaredSizes / data.total() / data.total(), 1 / data.total()};
        double v2 = 0;
        double nv2 = 0;
        double nv = 0;
        for (int k = 0; k < data.classes(); k++) {
            final double v = tau2 + data.size()[k] * sigma2;
            v2 += data.count()[k] * v * v;
            nv2 += data.count()[k] * data.size()[k] * v * v;
            nv += data.count()[k] * data.size()[k] * v;
        }
        final double between = 2 * (v2 - 2 * nv2 / data.total() + nv * nv / data.total() / data.total())
            / ((data.groups() - 1) * (data.groups() - 1));
        final double within = 2 * tau2 * tau2 / (data.rows() - data.groups());
        final double[][] covariance = {{(between + within) / n0 / n0, -within / n0}, {-within / n0, within}};
        final double variance = sigma2 * slope[0] + tau2 * slope[1];
        return new VarianceEstimates(sigma2, tau2, mean, variance > 0 ? variance : Double.NaN, slope, covariance, false,
            Double.NaN, Double.NaN, Double.NaN, 0, 0);
    }
}
