package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Roots;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Estimators of A = tau2 in y_i ~ N(x_i'beta, v_i + A). Moment estimators are roots of quadratic forms; with a matrix B
 * that annihilates X, y'By has expectation trace(BV) + A trace(B) and variance 2 trace(B (V+A) B (V+A)).
 * <p>
 * Sources: DerSimonian &amp; Laird (1986); Paule &amp; Mandel (1982); Hedges &amp; Olkin (1985); Sidik &amp; Jonkman
 * (2005); Hunter &amp; Schmidt (1990); Efron &amp; Morris (1973); Viechtbauer (2005) J. Educ. Behav. Stat. 30:261-293
 * for their variances.
 */
final class TauSquared {
    /** Grid on which the likelihood equation is searched for sign changes: half a decade a step. */
    private static final double STEP = Math.sqrt(10);
    private static final double BELOW = 1e-3;

    private final WeightedRegression data;
    private final Progress progress;
    private final int df;
    private int evaluations;

    TauSquared(final WeightedRegression data, final Progress progress) {
        this.data = data;
        this.progress = progress;
        this.df = data.size() - data.columns();
    }

    /**
     * @param value the estimate, at least 0
     * @param variance its variance, from the expected information or that of the quadratic form
     * @param firstOrder its variance for the delta method: from the observed information where there is a likelihood
     * @param score derivative of the criterion there
     * @param evaluations passes over the data
     */
    record Estimate(double value, double variance, double firstOrder, double score, int evaluations) {
    }

    /**
     * @param estimator not DEFAULT, MOMENTS or GIVEN
     * @return the estimate, truncated at 0
     */
    Estimate estimate(final PriorEstimator estimator) {
        return switch (estimator) {
            case ML, REML -> likelihood(estimator == PriorEstimator.REML);
            case PAULE_MANDEL -> pauleMandel();
            case DERSIMONIAN_LAIRD -> {
                final WeightedSums s = sums(0);
                final double value = positive((s.q() - df) / s.traceP());
                yield moment(value, (2 * df + 4 * value * s.traceP() + 2 * value * value * s.traceP2())
                    / (s.traceP() * s.traceP()));
            }
            case HUNTER_SCHMIDT -> {
                final WeightedSums s = sums(0);
                final double value = positive((s.q() - data.size()) / s.w());
                yield moment(value, (2 * df + 4 * value * s.traceP() + 2 * value * value * s.traceP2())
                    / (s.w() * s.w()));
            }
            case HEDGES -> hedges();
            case SIDIK_JONKMAN -> sidikJonkman();
            case JAMES_STEIN -> {
                final WeightedSums s = sums(0);
                final double v = data.variance(0);
                final double value = positive(v * (s.q() / (df - 2) - 1));
                yield moment(value, 2 * (v + value) * (v + value) * df / (df - 2.0) / (df - 2.0));
            }
            default -> throw new IllegalArgumentException(estimator.name());
        };
    }

    private static double positive(final double x) {
        return Math.max(0, x);
    }

    private static Estimate moment(final double value, final double variance) {
        return new Estimate(value, variance, variance, 0, 1);
    }

    private WeightedSums sums(final double tau2) {
        progress.check();
        evaluations++;
        return data.at(tau2).sums();
    }

    private Estimate pauleMandel() {
        double value = 0;
        if (sums(0).q() > df) {
            final DoubleUnaryOperator excess = a -> sums(Math.exp(a)).q() - df;
            double high = Math.log(largest());
            while (excess.applyAsDouble(high) > 0) {
                high += Math.log(STEP);
            }
            double low = high;
            do {
                low -= 2 * Math.log(STEP);
            } while (excess.applyAsDouble(low) < 0 && low > Math.log(Double.MIN_NORMAL));
            value = Math.exp(Roots.find(excess, low, high));
        }
        final WeightedSums s = sums(value);
        final double k = data.size();
        final double variance = 2 * k * k / df / (s.w() * s.w());
        return new Estimate(value, variance, variance, value > 0 ? s.q() - df : 0, evaluations);
    }

    /** B = I - H, H the hat matrix of unweighted least squares. */
    private Estimate hedges() {
        final WeightedFit fit = unweighted().at(0);
        double rss = 0;
        double expected = 0;
        for (int i = 0; i < data.size(); i++) {
            final double r = fit.residual(i);
            rss += r * r;
            expected += data.variance(i) * (1 - fit.meanVariance(i));
        }
        final double value = positive((rss - expected) / df);
        return moment(value, variance(unweighted(), value) / ((double) df * df));
    }

    /** Weights from the crude estimate A0 = sum (y - ybar)^2 / k; B = A0 P / (k - p). */
    private Estimate sidikJonkman() {
        final int k = data.size();
        double mean = 0;
        for (int i = 0; i < k; i++) {
            mean += data.centred(i) / k;
        }
        double crude = 0;
        for (int i = 0; i < k; i++) {
            crude += (data.centred(i) - mean) * (data.centred(i) - mean) / k;
        }
        if (crude == 0) {
            return moment(0, 0);
        }
        final double value = crude * sums(crude).q() / df;
        final double scale = crude / df;
        return moment(value, variance(data.plus(crude), value) * scale * scale);
    }

    private WeightedRegression unweighted() {
        final double[] ones = new double[data.size()];
        Arrays.fill(ones, 1);
        return data.withWeightsOf(ones);
    }

    /** 2 trace(P T P T), T = V + A, for the P of a regression with the weights 1 / u of other variances. */
    private double variance(final WeightedRegression other, final double tau2) {
        final int p = data.columns();
        final WeightedFit fit = other.at(0);
        final double[][] m = new double[p][p]; // sum of z z' w^2 t, z = R^-T x
        double sum = 0;
        for (int i = 0; i < data.size(); i++) {
            final double w = 1 / other.variance(i);
            final double wt = w * (data.variance(i) + tau2);
            final double[] z = fit.whiten(data.design(i));
            double leverage = 0;
            for (int j = 0; j < p; j++) {
                leverage += w * z[j] * z[j];
                for (int l = 0; l < p; l++) {
                    m[j][l] += w * wt * z[j] * z[l];
                }
            }
            sum += wt * wt * (1 - 2 * leverage);
        }
        for (int j = 0; j < p; j++) {
            for (int l = 0; l < p; l++) {
                sum += m[j][l] * m[l][j];
            }
        }
        return 2 * sum;
    }

    /**
     * Maximum (restricted) likelihood. The score changes sign at every local maximum; with very different standard
     * errors there may be several, so all are found on a grid and compared.
     */
    private Estimate likelihood(final boolean restricted) {
        final DoubleUnaryOperator score = a -> score(a, restricted);
        double best = score.applyAsDouble(0) <= 0 ? 0 : Double.NaN;
        final double high = largest();
        double low = smallestVariance() * BELOW;
        double atLow = score.applyAsDouble(low);
        if (Double.isNaN(best) && atLow <= 0) {
            best = Roots.find(score, 0, low);
        }
        for (double next = low * STEP; low < high || atLow > 0; next *= STEP) {
            final double atNext = score.applyAsDouble(next);
            if (atLow > 0 && atNext <= 0) {
                final double root = Math.exp(Roots.find(u -> score.applyAsDouble(Math.exp(u)), Math.log(low),
                    Math.log(next)));
                if (Double.isNaN(best) || minusTwoLogLikelihood(root, restricted) < minusTwoLogLikelihood(best,
                    restricted)) {
                    best = root;
                }
            }
            low = next;
            atLow = atNext;
        }
        final WeightedSums s = sums(best);
        final double expected = restricted ? s.traceP2() / 2 : s.w2() / 2;
        final double observed = s.q3() - expected;
        return new Estimate(best, 1 / expected, observed > 0 ? 1 / observed : 1 / expected,
            0.5 * (s.q2() - (restricted ? s.traceP() : s.w())), evaluations);
    }

    /** d log likelihood / dA = (y'PPy - trace) / 2, the trace of P or W. */
    private double score(final double tau2, final boolean restricted) {
        progress.check();
        evaluations++;
        final WeightedFit fit = data.at(tau2);
        if (data.columns() > 0 && !data.isOneMean()) {
            final WeightedSums s = fit.sums();
            return 0.5 * (s.q2() - (restricted ? s.traceP() : s.w()));
        }
        double w1 = 0;
        double q2 = 0;
        for (int i = 0; i < data.size(); i++) {
            final double w = 1 / (data.variance(i) + tau2);
            final double wr = w * fit.residual(i);
            w1 += w;
            q2 += wr * wr;
        }
        return 0.5 * (q2 - (restricted && data.isOneMean() ? fit.traceOfOneColumn() : w1));
    }

    /**
     * @param tau2 A
     * @param restricted whether the restricted likelihood is meant (without the constant log |X'X|)
     * @return -2 log likelihood, maximised over beta
     */
    double minusTwoLogLikelihood(final double tau2, final boolean restricted) {
        progress.check();
        evaluations++;
        final WeightedFit fit = data.at(tau2);
        double q = 0;
        for (int i = 0; i < data.size(); i++) {
            final double r = fit.residual(i);
            q += r / (data.variance(i) + tau2) * r;
        }
        final double common = data.logVariances(tau2) + q;
        return restricted ? common + df * Math.log(2 * Math.PI) + fit.logDeterminant()
            : common + data.size() * Math.log(2 * Math.PI);
    }

    private double smallestVariance() {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < data.size(); i++) {
            smallest = Math.min(smallest, data.variance(i));
        }
        return smallest;
    }

    /** An upper limit for where to search: the squared range of y, and no less than the largest variance. */
    private double largest() {
        double largest = 0;
        for (int i = 0; i < data.size(); i++) {
            largest = Math.max(largest, Math.max(4 * data.centred(i) * data.centred(i), data.variance(i)));
        }
        return largest;
    }
}
