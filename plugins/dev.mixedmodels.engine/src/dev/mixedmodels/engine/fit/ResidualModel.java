package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.covariance.CorrelationParameter;
import dev.mixedmodels.engine.covariance.Extent;
import dev.mixedmodels.engine.covariance.Jet;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.SubjectCorrelation;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The residuals' variance function and correlation: what the parameters are called, how the reported ones (variances,
 * delta, rho) belong to the optimiser's (eta, psi, log s), and where these may lie. With a power of v, v is taken
 * relative to its geometric mean, so that s is the variance there and hardly depends on delta.
 *
 * @param structure correlation within a subject
 * @param levels of the column with one variance each; empty for none
 * @param reference the level whose variance is s, which must not vanish beside the others
 * @param power whether the variance is proportional to |v|^(2 delta)
 * @param meanLog mean of log |v|
 * @param extent of the rows of subjects in time
 */
public record ResidualModel(ResidualStructure structure, List<String> levels, int reference, boolean power,
    double meanLog, Extent extent) {
    /** Log of the largest ratio of two residual standard deviations; the smaller of them is called 0. */
    private static final double MOST_LOG_RATIO = 14;
    /** Log of a ratio of standard deviations at which the smaller one may stand for 0. */
    private static final double LARGE_LOG_RATIO = 6;
    /** Log of a ratio of standard deviations up to which other levels have room to change as well. */
    private static final double ROOM_LOG_RATIO = 10;

    /** Independent residuals of one variance. */
    public static ResidualModel independent() {
        return new ResidualModel(ResidualStructure.INDEPENDENT, List.of(), 0, false, 0, Extent.NONE);
    }

    /** Number of parameters of the variance function beside s. */
    public int shapes() {
        return power ? 1 : Math.max(0, levels.size() - 1);
    }

    /** Number of reported variances. */
    public int variances() {
        return Math.max(1, levels.size());
    }

    /** Log of s over a variance that profiles call 0. */
    public double mostLogVarianceRatio() {
        return 2 * ROOM_LOG_RATIO;
    }

    /** Index of the eta of a level other than the reference: half the log of its variance over s. */
    public int etaOf(final int level) {
        return level < reference ? level : level - 1;
    }

    /** Log of a level's standard deviation over the root of s. */
    private double logRatio(final double[] eta, final int level) {
        return level == reference ? 0 : eta[etaOf(level)];
    }

    /** Whether a variance is 0: at its bound relative to s. */
    private boolean vanishes(final double[] eta, final int level) {
        return level < levels.size() && logRatio(eta, level) <= -MOST_LOG_RATIO;
    }

    /** The level with the largest variance, if that of the reference nearly vanishes beside it; else the reference. */
    public int properReference(final double[] eta) {
        int largest = reference;
        for (int level = 0; level < levels.size(); level++) {
            largest = logRatio(eta, level) > logRatio(eta, largest) ? level : largest;
        }
        return largest != reference && logRatio(eta, largest) > LARGE_LOG_RATIO ? largest : reference;
    }

    /** Indices of eta whose variances are so small beside the others that they may stand for 0. */
    public int[] nearlyVanished(final double[] eta) {
        final double most = IntStream.range(0, levels.size()).mapToDouble(level -> logRatio(eta, level)).max()
            .orElse(0);
        return IntStream.range(0, levels.size()).filter(level -> level != reference
            && logRatio(eta, level) < most - LARGE_LOG_RATIO && !vanishes(eta, level)).map(this::etaOf).toArray();
    }

    /** Number of eta: variance function, then correlation. */
    public int size() {
        return shapes() + structure.parameters().size();
    }

    /** The parameter of the correlation that a reported one is; null if it is a variance or delta. Those come last. */
    public CorrelationParameter correlation(final int parameter) {
        final int at = parameter - (variances() + (power ? 1 : 0));
        return at < 0 ? null : structure.parameters().get(at);
    }

    /** The optimiser's parameters of the correlation. */
    private double[] psi(final double[] eta) {
        return Arrays.copyOfRange(eta, shapes(), size());
    }

    /** The correlation of a subject's rows, a workspace of its own. */
    public SubjectCorrelation at(final double[] eta, final double[][] positions) {
        return structure.at(psi(eta), extent.maxRows(), positions.length);
    }

    /** Correlations of some rows of a subject, n x n, row-major. */
    public double[] matrix(final double[] eta, final double[][] positions, final int start, final int n) {
        return structure.matrix(psi(eta), extent.maxRows(), positions, start, n);
    }

    /** The reported parameters of the correlation with their derivatives by psi. */
    private List<Jet> correlations(final double[] eta) {
        return structure.values(psi(eta), extent);
    }

    /** The eta that a search begins with. */
    public double[] start() {
        final double[] eta = new double[size()];
        for (int k = shapes(); k < eta.length; k++) {
            eta[k] = structure.parameters().get(k - shapes()).start(extent);
        }
        return eta;
    }

    /** Largest and smallest values of eta beyond which nothing changes. */
    public double[] bounds(final int sign) {
        final double[] bounds = new double[size()];
        Arrays.fill(bounds, sign * MOST_LOG_RATIO);
        System.arraycopy(structure.bounds(sign, extent), 0, bounds, shapes(), size() - shapes());
        return bounds;
    }

    /** Names of the reported parameters: variances, delta, those of the correlation. */
    public List<String> names() {
        final List<String> names = new ArrayList<>();
        if (levels.isEmpty()) {
            names.add("Var(Residual)");
        }
        levels.forEach(level -> names.add("Var(Residual:" + level + ")"));
        if (power) {
            names.add("delta");
        }
        structure.parameters().forEach(parameter -> names.add(parameter.toString()));
        return names;
    }

    /** The reported parameters that go with (eta, log s) one by one. */
    public List<String> coordinateNames() {
        final List<String> names = new ArrayList<>(names());
        final int first = power || levels.isEmpty() ? 0 : reference;
        names.add(names.remove(first));
        return names;
    }

    /** Which eta a reported parameter is bound to; -1 for the reference variance. */
    public int etaOfParameter(final int parameter) {
        return parameter >= variances() ? parameter - 1
            : levels.isEmpty() || parameter == reference ? -1 : etaOf(parameter);
    }

    /** The reported parameters from eta and log s. */
    public double[] values(final double[] eta, final double logScale) {
        final double[] values = new double[names().size()];
        values[0] = Math.exp(logScale - (power ? 2 * eta[0] * meanLog : 0));
        for (int level = 0; level < levels.size(); level++) {
            values[level] = vanishes(eta, level) ? 0 : Math.exp(logScale + 2 * logRatio(eta, level));
        }
        if (power) {
            values[1] = eta[0];
        }
        final List<Jet> correlations = correlations(eta);
        for (int k = 0; k < correlations.size(); k++) {
            values[values.length - correlations.size() + k] = correlations.get(k).value();
        }
        return values;
    }

    /** Derivatives of the reported parameters by (eta, log s). */
    public double[][] slopes(final double[] eta, final double logScale) {
        final double[] values = values(eta, logScale);
        final int n = values.length;
        final double[][] slopes = new double[n][n];
        for (int k = 0; k < variances(); k++) {
            slopes[k][n - 1] = values[k];
            if (etaOfParameter(k) >= 0) {
                slopes[k][etaOfParameter(k)] = 2 * values[k];
            }
        }
        if (power) {
            slopes[0][0] = -2 * meanLog * values[0];
            slopes[1][0] = 1;
        }
        final List<Jet> correlations = correlations(eta);
        for (int k = 0; k < correlations.size(); k++) {
            System.arraycopy(correlations.get(k).gradient(), 0, slopes[n - correlations.size() + k], shapes(),
                correlations.size());
        }
        return slopes;
    }

    /** First derivatives of (eta, log s) by the reported parameters; those by a variance of 0 are not defined. */
    public double[][] first(final double[] eta, final double logScale) {
        final double[] values = values(eta, logScale);
        final int n = values.length;
        final int base = levels.isEmpty() ? 0 : reference;
        final double[][] first = new double[n][n];
        first[n - 1][base] = 1 / values[base];
        for (int k = 0; k < variances(); k++) {
            if (k != base) {
                first[etaOf(k)][k] = 0.5 / values[k];
                first[etaOf(k)][base] = -0.5 / values[base];
            }
        }
        if (power) {
            first[0][1] = 1;
            first[n - 1][1] = 2 * meanLog;
        }
        final double[][] inverse = inverse(correlations(eta));
        for (int k = 0; k < inverse.length; k++) {
            System.arraycopy(inverse[k], 0, first[shapes() + k], n - inverse.length, inverse.length);
        }
        return first;
    }

    /** Second derivatives of the same; null where zero. */
    public double[][][] second(final double[] eta, final double logScale) {
        final double[] values = values(eta, logScale);
        final int n = values.length;
        final int base = levels.isEmpty() ? 0 : reference;
        final double[][][] second = new double[n][n][n];
        second[n - 1][base][base] = -1 / (values[base] * values[base]);
        for (int k = 0; k < variances(); k++) {
            if (k != base) {
                second[etaOf(k)][k][k] = -0.5 / (values[k] * values[k]);
                second[etaOf(k)][base][base] = 0.5 / (values[base] * values[base]);
            }
        }
        final List<Jet> correlations = correlations(eta);
        final double[][] inverse = inverse(correlations);
        final int m = inverse.length;
        for (int b = 0; b < m; b++) {
            final double[][] curvature = Matrices.sandwich(Matrices.transpose(inverse),
                Matrices.square(correlations.get(b).hessian(), m));
            for (int a = 0; a < m; a++) {
                for (int k = 0; k < m * m; k++) {
                    second[shapes() + a][n - m + k / m][n - m + k % m] -= inverse[a][b] * curvature[k / m][k % m];
                }
            }
        }
        return second;
    }

    /**
     * Derivatives of psi by the reported parameters of the correlation, each of which depends on its psi and those
     * before.
     */
    private static double[][] inverse(final List<Jet> correlations) {
        final int m = correlations.size();
        final double[][] inverse = new double[m][m];
        for (int k = 0; k < m; k++) {
            inverse[k][k] = 1;
            for (int l = 0; l < k; l++) {
                for (int c = 0; c < m; c++) {
                    inverse[k][c] -= correlations.get(k).first(l) * inverse[l][c];
                }
            }
            for (int c = 0; c < m; c++) {
                inverse[k][c] /= correlations.get(k).first(k);
            }
        }
        return inverse;
    }
}
