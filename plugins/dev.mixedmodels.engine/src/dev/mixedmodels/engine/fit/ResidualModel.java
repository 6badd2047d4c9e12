package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure.ParameterMap;
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
 * @param maxRows the largest number of rows of a subject
 * @param shortest shortest time between rows of a subject
 * @param typical median time between successive rows
 * @param longest longest time between rows of a subject
 */
public record ResidualModel(ResidualStructure structure, List<String> levels, int reference, boolean power, double meanLog,
    int maxRows, double shortest, double typical, double longest) {
    /** Log of the largest ratio of two residual standard deviations; the smaller of them is called 0. */
    private static final double MOST_LOG_RATIO = 14;
    /** Log of a ratio of standard deviations at which the smaller one may stand for 0. */
    private static final double LARGE_LOG_RATIO = 6;
    /** Log of a ratio of standard deviations up to which other levels have room to change as well. */
    private static final double ROOM_LOG_RATIO = 10;
    private static final double MOST_ARTANH = 9;
    private static final double MOST_LOGIT = 18;
    /** A correlation of exp(-36.8) = 1e-16 between the nearest rows is none. */
    private static final double MOST_DECAY = 36.8;
    private static final double LEAST_DECAY = 1e-9;
    private static final double START_CORRELATION = 0.3;

    /** Independent residuals of one variance. */
    public static ResidualModel independent() {
        return new ResidualModel(ResidualStructure.INDEPENDENT, List.of(), 0, false, 0, 1, 0, 0, 0);
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
        final double most = IntStream.range(0, levels.size()).mapToDouble(level -> logRatio(eta, level)).max().orElse(0);
        return IntStream.range(0, levels.size()).filter(level -> level != reference
            && logRatio(eta, level) < most - LARGE_LOG_RATIO && !vanishes(eta, level)).map(this::etaOf).toArray();
    }

    /** Number of eta: variance function, then correlation. */
    public int size() {
        return shapes() + structure.parameters();
    }

    /** Whether a correlation is among the parameters; it is the last then. */
    public boolean correlated() {
        return structure.parameters() > 0;
    }

    /** The eta that a search begins with. */
    public double[] start() {
        final double[] eta = new double[size()];
        if (correlated()) {
            eta[shapes()] = structure == ResidualStructure.CONTINUOUS_AR1 ? Math.log(Math.log(2) / typical)
                : structure.psi(START_CORRELATION, maxRows);
        }
        return eta;
    }

    /** Largest and smallest values of eta beyond which nothing changes. */
    public double[] bounds(final int sign) {
        final double[] bounds = new double[size()];
        Arrays.fill(bounds, sign * MOST_LOG_RATIO);
        if (correlated()) {
            bounds[shapes()] = switch (structure) {
                case CONTINUOUS_AR1 -> sign > 0 ? Math.log(MOST_DECAY / shortest) : Math.log(LEAST_DECAY / longest);
                case COMPOUND_SYMMETRY -> sign * MOST_LOGIT;
                default -> sign * MOST_ARTANH;
            };
        }
        return bounds;
    }

    /** Names of the reported parameters: variances, delta, rho. */
    public List<String> names() {
        final List<String> names = new ArrayList<>();
        if (levels.isEmpty()) {
            names.add("Var(Residual)");
        }
        levels.forEach(level -> names.add("Var(Residual:" + level + ")"));
        if (power) {
            names.add("delta");
        }
        if (correlated()) {
            names.add("rho");
        }
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

    /** rho of the optimiser's psi; exactly the limit where psi is at its bound. */
    public ParameterMap rho(final double psi) {
        final boolean none = structure == ResidualStructure.CONTINUOUS_AR1 && psi >= bounds(1)[shapes()];
        return none ? new ParameterMap(0, 0, 0) : structure.rho(psi, maxRows);
    }

    /** Correlation of two rows of a subject that are some places and a time apart. */
    public double correlation(final double[] eta, final int places, final double time) {
        if (places == 0 || !correlated()) {
            return places == 0 ? 1 : 0;
        }
        final double rho = rho(eta[shapes()]).value();
        return switch (structure) {
            case AR1 -> Math.pow(rho, places);
            case CONTINUOUS_AR1 -> rho == 0 ? 0 : Math.exp(-Math.exp(eta[shapes()]) * time);
            default -> rho;
        };
    }

    /** The optimiser's psi of a rho, moved into its bounds. */
    public double boundedPsi(final double rho) {
        final double psi = structure.psi(rho, maxRows);
        return Math.max(bounds(-1)[shapes()], Math.min(bounds(1)[shapes()], psi));
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
        if (correlated()) {
            values[values.length - 1] = rho(eta[shapes()]).value();
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
        if (correlated()) {
            slopes[n - 1][shapes()] = rho(eta[shapes()]).first();
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
        if (correlated()) {
            first[shapes()][n - 1] = 1 / rho(eta[shapes()]).first();
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
        if (correlated()) {
            final ParameterMap rho = rho(eta[shapes()]);
            second[shapes()][n - 1][n - 1] = -rho.second() / (rho.first() * rho.first() * rho.first());
        }
        return second;
    }
}
