package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.Roots;
import dev.mixedmodels.engine.numeric.Tail;

/**
 * Weighted moments of rates or proportions x_i = y_i / n_i: m = sum y / sum n = sum y / N, and tau2 from
 * E sum n (x - m)^2 = f(m) (k - 1) + tau2 sum n s (1 - n / N), where Var(x_i) = f(m) / n_i + s_i tau2, with f(m) = m,
 * s = 1 for rates and f(m) = m (1 - m), s = 1 - 1/n for proportions. The covariance is the sandwich of the two
 * estimating equations.
 * <p>
 * Source: Kleinman (1973) JASA 68:46-54 with weights n; Marshall (1991) Applied Statistics 40:283-294 for rates.
 */
final class CountMoments {
    /** Overdispersions of rates beyond it are not looked at. */
    private static final double LARGEST = 1e12;

    private CountMoments() {
    }

    static PriorEstimate estimate(final CountModel model) {
        final int rows = model.units();
        final double k = model.total();
        final boolean proportions = model instanceof BetaBinomial;
        final double m = model.pooled();
        final double f = proportions ? m * (1 - m) : m;
        final double slope = proportions ? 1 - 2 * m : 1;
        double total = 0;
        for (int i = 0; i < rows; i++) {
            total += model.frequency(i) * model.n[i];
        }
        double squares = 0;
        double weight = 0;
        for (int i = 0; i < rows; i++) {
            final double deviation = model.raw(i) - m;
            squares += model.frequency(i) * model.n[i] * deviation * deviation;
            weight += model.frequency(i) * model.n[i] * model.varianceShare(i) * (1 - model.n[i] / total);
        }
        final double factor = model.varianceFactor(m);
        final double largest = proportions ? Math.nextDown(factor) : Double.POSITIVE_INFINITY;
        final double tau2 = Math.min(largest, Math.max(0, (squares - f * (k - 1)) / weight));
        // (m, tau2) = A^-1 (psi1, psi2), A = (N, 0; slope (k - 1), weight); then overdispersion = tau2 / factor
        final double a21 = slope * (k - 1) / total;
        final double factorSlope = (proportions ? 1 - 2 * m : 2 * m) / factor;
        final double byFirst = tau2 > 0 ? (-a21 / weight - factorSlope * tau2 / total) / factor : 0;
        final double bySecond = tau2 > 0 ? 1 / (weight * factor) : 0;
        final double[][] covariance = new double[2][2];
        for (int i = 0; i < rows; i++) {
            final double n = model.n[i];
            final double first = n * (model.raw(i) - m);
            final double second = first * first / n - (f + tau2 * n * model.varianceShare(i)) * (1 - n / total);
            final double byMean = first / total;
            final double byOverdispersion = byFirst * first + bySecond * second;
            covariance[0][0] += model.frequency(i) * byMean * byMean;
            covariance[0][1] += model.frequency(i) * byMean * byOverdispersion;
            covariance[1][1] += model.frequency(i) * byOverdispersion * byOverdispersion;
        }
        covariance[1][0] = covariance[0][1];
        return new PriorEstimate(new double[] {m, tau2 / factor}, covariance, Double.NaN, tau2 == 0, true, 0, 1);
    }

    /**
     * The tau2 at which the generalised Q statistic, sum (x - weighted mean)^2 / Var(x) with weights 1 / Var(x), has a
     * given upper tail of chi2(k - 1); approximate for counts, whose sampling variances are those at m.
     *
     * @param model the data
     * @param m prior mean
     * @param tail upper-tail probability
     * @return tau2, 0 where the statistic is too small already, the largest possible where it stays too large
     */
    static double pearsonBound(final CountModel model, final double m, final double tail) {
        final double target = Tail.chiSquareQuantile(tail, model.total() - 1);
        final double factor = model.varianceFactor(m);
        final double most = factor * Math.min(Math.nextDown(model.largestOverdispersion()), LARGEST);
        if (pearson(model, m, 0) <= target) {
            return 0;
        }
        double high = 1e-6 * factor;
        while (high < most && pearson(model, m, high) > target) {
            high = Math.min(most, 4 * high);
        }
        return pearson(model, m, high) > target ? most : Roots.find(t -> pearson(model, m, t) - target, 0, high);
    }

    /** sum (x - weighted mean)^2 / Var(x). */
    private static double pearson(final CountModel model, final double m, final double tau2) {
        final double[] eta = {m, tau2 / model.varianceFactor(m)};
        double weight = 0;
        double sum = 0;
        for (int i = 0; i < model.units(); i++) {
            final double w = model.frequency(i) / model.marginalVariance(eta, i);
            weight += w;
            sum += w * model.raw(i);
        }
        double statistic = 0;
        for (int i = 0; i < model.units(); i++) {
            final double deviation = model.raw(i) - sum / weight;
            statistic += model.frequency(i) * deviation * deviation / model.marginalVariance(eta, i);
        }
        return statistic;
    }
}
