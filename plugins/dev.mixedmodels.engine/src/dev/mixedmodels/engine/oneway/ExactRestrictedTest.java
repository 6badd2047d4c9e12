package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.ArrayList;
import java.util.List;

/**
 * The finite-sample null distribution of the restricted likelihood ratio for sigma2 = 0. With the eigenvalues mu_s of
 * {@link BetweenEigenvalues} and independent squares of standard normals x_s (s = 1 ... a - 1) and e ~ chi2(N - a),
 * <pre>
 * T = sup over r of (N - 1) log(1 + A / (D + e)) - sum log(1 + r mu_s)
 * A = sum r mu_s / (1 + r mu_s) x_s,   D = sum x_s / (1 + r mu_s)
 * </pre>
 * (Crainiceanu &amp; Ruppert 2004, JRSS B 66:165-185, equation 9). T &gt;= t if and only if e &lt;= b(x), the largest
 * over r of A / (exp(k) - 1) - D with k = (t + sum log(1 + r mu_s)) / (N - 1), and b is homogeneous. So with x = s u,
 * s = sum x_s ~ chi2(a - 1) independent of the direction u,
 * <pre>
 * P(T &gt;= t) = E_u P( F(a - 1, N - a) &gt; (N - a) / ((a - 1) b(u)) )
 * </pre>
 * The expectation over the direction is a simulation whose integrand is smooth and varies little unless the sizes do:
 * probabilities of 1e-30 are as easy as 0.05. With equal sizes b is constant, T rises with F, and the p-value is that
 * of the F test, exactly.
 */
final class ExactRestrictedTest {
    private static final double STEP = Math.exp(0.25);
    private static final double RELATIVE_ERROR = 0.004;
    private static final int BATCH = 500;
    private static final int FEWEST = 1000;
    private static final int MOST = 20_000;
    /** Multiplications that may be spent. */
    private static final double BUDGET = 5e8;

    private final SizeClasses data;
    private final BetweenEigenvalues eigenvalues;
    private final double statistic;
    private final double[] ratio;
    private final double[][] coefficient;

    /**
     * A p-value.
     *
     * @param p P(T &gt;= t)
     * @param standardError its Monte Carlo standard error; 0 if it is exact
     * @param draws number of simulated directions
     */
    record Result(double p, double standardError, int draws) {
    }

    private ExactRestrictedTest(final SizeClasses data, final double statistic, final double estimatedRatio,
        final Progress progress) {
        this.data = data;
        this.statistic = statistic;
        eigenvalues = BetweenEigenvalues.of(data, progress);
        final List<Double> ratios = new ArrayList<>();
        final double last = 1e4 * (estimatedRatio + 1 / data.size()[0]);
        for (double r = 1e-3 / data.largest(); r < last; r *= STEP) {
            ratios.add(r);
        }
        ratio = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        coefficient = new double[ratio.length][];
        for (int j = 0; j < ratio.length; j++) {
            coefficient[j] = coefficients(ratio[j]);
        }
    }

    /**
     * @param data the groups
     * @param anova their analysis of variance
     * @param statistic the restricted likelihood ratio
     * @param estimatedRatio the REML estimate of sigma2 / tau2
     * @param seed of the simulation
     * @param progress asked whether to go on
     * @return the p-value
     */
    static Result test(final SizeClasses data, final AnovaTable anova, final double statistic,
        final double estimatedRatio, final long seed, final Progress progress) {
        if (statistic <= 0) {
            return new Result(1, 0, 0);
        }
        if (data.balanced()) {
            return new Result(Tail.f(anova.f(), anova.dfBetween(), anova.dfWithin()), 0, 0);
        }
        return new ExactRestrictedTest(data, statistic, estimatedRatio, progress).simulate(seed, progress);
    }

    private Result simulate(final long seed, final Progress progress) {
        final int classes = eigenvalues.value().length;
        final Sampler sampler = new Sampler(seed);
        final double most = Math.max(FEWEST, Math.min(MOST, BUDGET / ratio.length / classes));
        final double[] x = new double[classes];
        double sum = 0;
        double sumOfSquares = 0;
        int draws = 0;
        double error = Double.POSITIVE_INFINITY;
        while (draws < most && !(draws >= FEWEST && error <= RELATIVE_ERROR * sum / draws)) {
            for (int i = 0; i < BATCH; i++) {
                progress.check();
                for (int s = 0; s < classes; s++) {
                    x[s] = 2 * sampler.gamma(eigenvalues.multiplicity()[s] / 2);
                }
                final double p = tail(x);
                sum += p;
                sumOfSquares += p * p;
            }
            draws += BATCH;
            error = Math.sqrt(Math.max(0, sumOfSquares / draws - sum / draws * sum / draws) / draws);
        }
        return new Result(sum / draws, error, draws);
    }

    /** P(T &gt;= t) given the direction of x. */
    private double tail(final double[] x) {
        double total = 0;
        for (final double square : x) {
            total += square;
        }
        final double bound = bound(x) / total;
        final double df = data.rows() - data.groups();
        return bound > 0 ? Tail.f(df / (data.groups() - 1) / bound, data.groups() - 1, df) : 0;
    }

    /** b(x): the largest value on the grid, improved at the vertex of the parabola through it and its neighbours. */
    private double bound(final double[] x) {
        double previous = Double.NEGATIVE_INFINITY;
        double before = previous;
        double largest = previous;
        double after = previous;
        int at = -1;
        for (int j = 0; j < ratio.length; j++) {
            final double value = Matrices.dot(coefficient[j], x);
            if (value > largest) {
                before = previous;
                largest = value;
                at = j;
                after = Double.NEGATIVE_INFINITY;
            } else if (j == at + 1) {
                after = value;
            }
            previous = value;
        }
        final double vertex = (after - before) / (2 * (2 * largest - before - after)); // in steps, within 1/2
        if (!Double.isFinite(vertex)) {
            return largest;
        }
        return Math.max(largest, Matrices.dot(coefficients(ratio[at] * Math.pow(STEP, vertex)), x));
    }

    /** b is the largest over r of sum c_s x_s with these c: r mu / (1 + r mu) / (exp(k) - 1) - 1 / (1 + r mu). */
    private double[] coefficients(final double r) {
        final int classes = eigenvalues.value().length;
        double logs = statistic;
        for (int s = 0; s < classes; s++) {
            logs += eigenvalues.multiplicity()[s] * Math.log1p(r * eigenvalues.value()[s]);
        }
        final double odds = Math.expm1(logs / (data.rows() - 1));
        final double[] c = new double[classes];
        for (int s = 0; s < classes; s++) {
            final double rmu = r * eigenvalues.value()[s];
            c[s] = (rmu / odds - 1) / (1 + rmu);
        }
        return c;
    }
}
