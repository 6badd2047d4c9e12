package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.NonNegativeQuadratic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Nonparametric maximum likelihood of a mixing distribution: a discrete G that maximises sum_i n_i log m(y_i),
 * m(y) = sum_j w_j f(y | theta_j). G is the maximum if and only if the directional derivative
 * D(theta) = (1/k) sum_i n_i f(y_i | theta) / m(y_i) - 1 is nowhere positive (Lindsay 1983), which certifies it.
 * <p>
 * Sources: Kiefer &amp; Wolfowitz (1956); Wang (2007) JRSS B 69:185-198: local maxima of D join the support, weights by
 * constrained Newton steps, points of weight 0 leave.
 */
final class NonparametricPrior {
    /** The certificate aimed at; 1e-6 is promised. */
    private static final double TARGET = 1e-7;
    private static final double PROMISED = 1e-6;
    private static final int MAX_ROUNDS = 300;
    private static final int MAX_NEWTON = 100;
    private static final double WEIGHT_TOLERANCE = 1e-11;
    /** Points closer than this share of the local grid step may be one point. */
    private static final double CLOSE = 0.25;

    private final UnitLikelihood family;
    private final PooledUnits units;
    private final Progress progress;
    private final double[] grid;
    private final double[] own; // log f at the unit's own location, its largest value
    private double[] points;
    private double[] weights;
    private double[][] f; // f(y_i | point j) over the unit's largest value
    private double[] m;
    private double certificate;
    private int rounds;

    NonparametricPrior(final UnitLikelihood family, final PooledUnits units, final Progress progress) {
        this.family = family;
        this.units = units;
        this.progress = progress;
        own = new double[units.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = family.log(units.y(i), units.precision(i), units.location(i));
        }
        grid = units.grid();
        support(units.cover());
        Arrays.fill(weights, 1.0 / weights.length);
        run();
    }

    /** Positions of the support, rising. */
    double[] points() {
        return points;
    }

    double[] weights() {
        return weights;
    }

    /** Largest D over the range of the unit estimates. */
    double certificate() {
        return certificate;
    }

    boolean converged() {
        return certificate <= PROMISED;
    }

    int rounds() {
        return rounds;
    }

    private void run() {
        optimiseWeights();
        while (rounds++ < MAX_ROUNDS) {
            progress.check();
            final List<Double> peaks = peaks();
            if (certificate <= TARGET) {
                break;
            }
            extend(peaks);
            optimiseWeights();
        }
        merge();
    }

    private void support(final double[] positions) {
        points = positions;
        weights = new double[points.length];
        f = new double[units.size()][points.length];
        for (int i = 0; i < f.length; i++) {
            for (int j = 0; j < points.length; j++) {
                f[i][j] = relative(i, points[j]);
            }
        }
    }

    private double relative(final int unit, final double position) {
        return Math.exp(family.log(units.y(unit), units.precision(unit), position) - own[unit]);
    }

    /** The present support with new points of weight 0. */
    private void extend(final List<Double> added) {
        final double[] all = Arrays.copyOf(points, points.length + added.size());
        for (int j = 0; j < added.size(); j++) {
            all[points.length + j] = added.get(j);
        }
        final double[] old = weights;
        support(all);
        System.arraycopy(old, 0, weights, 0, old.length);
    }

    /** Newton's method for -(1/k) sum n_i log (F w)_i + sum w over w &gt;= 0, whose solution has sum w = 1. */
    private void optimiseWeights() {
        final int n = points.length;
        final double k = units.total();
        double value = objective(weights);
        for (int step = 0; step < MAX_NEWTON; step++) {
            progress.check();
            final double[][] h = new double[n][n];
            final double[] b = new double[n];
            for (int i = 0; i < f.length; i++) {
                final double scale = 1 / m[i];
                final double share = units.multiplicity(i) / k;
                for (int j = 0; j < n; j++) {
                    final double s = f[i][j] * scale;
                    b[j] += 2 * share * s;
                    for (int l = 0; l <= j; l++) {
                        h[j][l] += share * s * f[i][l] * scale;
                    }
                }
            }
            for (int j = 0; j < n; j++) {
                b[j] -= 1;
                for (int l = 0; l < j; l++) {
                    h[l][j] = h[j][l];
                }
            }
            final double[] target = NonNegativeQuadratic.minimise(h, b, weights);
            double slope = 0;
            for (int j = 0; j < n; j++) {
                slope += (1 - b[j]) / 2 * (target[j] - weights[j]); // (1 - b) / 2 is the gradient
            }
            if (!(slope < -WEIGHT_TOLERANCE)) {
                break;
            }
            double length = 1;
            double[] next = target;
            double nextValue = objective(next);
            while (nextValue > value + 1e-4 * length * slope && length > 1e-10) {
                length /= 2;
                next = between(weights, target, length);
                nextValue = objective(next);
            }
            weights = next;
            value = nextValue;
        }
        dropZeros();
        objective(weights);
    }

    private static double[] between(final double[] from, final double[] to, final double share) {
        final double[] x = new double[from.length];
        for (int j = 0; j < x.length; j++) {
            x[j] = from[j] + share * (to[j] - from[j]);
        }
        return x;
    }

    /** The function that the weights minimise; leaves the mixture densities in m. */
    private double objective(final double[] w) {
        m = new double[f.length];
        double sum = 0;
        for (int i = 0; i < f.length; i++) {
            for (int j = 0; j < w.length; j++) {
                m[i] += f[i][j] * w[j];
            }
            sum -= units.multiplicity(i) * Math.log(m[i]);
        }
        double total = 0;
        for (final double weight : w) {
            total += weight;
        }
        return sum / units.total() + total;
    }

    private void dropZeros() {
        int kept = 0;
        double total = 0;
        final double[] p = new double[points.length];
        final double[] w = new double[points.length];
        for (int j = 0; j < points.length; j++) {
            if (weights[j] > 0) {
                p[kept] = points[j];
                w[kept++] = weights[j];
                total += weights[j];
            }
        }
        support(Arrays.copyOf(p, kept));
        for (int j = 0; j < kept; j++) {
            weights[j] = w[j] / total;
        }
    }

    private double derivative(final double position) {
        double sum = 0;
        for (int i = 0; i < f.length; i++) {
            sum += units.multiplicity(i) * (relative(i, position) / m[i]);
        }
        return sum / units.total() - 1;
    }

    /** Local maxima of D where it is positive; leaves the largest value as certificate. */
    private List<Double> peaks() {
        final double[] d = new double[grid.length];
        for (int g = 0; g < grid.length; g++) {
            if (g % 16 == 0) {
                progress.check();
            }
            d[g] = derivative(grid[g]);
        }
        certificate = Double.NEGATIVE_INFINITY;
        final List<Double> peaks = new ArrayList<>();
        for (int g = 0; g < grid.length; g++) {
            final boolean rises = g == 0 || d[g] >= d[g - 1];
            final boolean falls = g == grid.length - 1 || d[g] > d[g + 1];
            if (rises && falls) {
                final double at = climb(grid[Math.max(0, g - 1)], grid[g], grid[Math.min(grid.length - 1, g + 1)]);
                final double top = derivative(at);
                certificate = Math.max(certificate, top);
                if (top > 0) {
                    peaks.add(at);
                }
            }
        }
        return peaks;
    }

    /** Golden section search for a local maximum of D. */
    private double climb(final double left, final double start, final double right) {
        final double ratio = (Math.sqrt(5) - 1) / 2;
        double low = left;
        double high = right;
        double a = high - ratio * (high - low);
        double b = low + ratio * (high - low);
        double atA = derivative(a);
        double atB = derivative(b);
        while (high - low > 1e-7 * (right - left)) {
            if (atA >= atB) {
                high = b;
                b = a;
                atB = atA;
                a = high - ratio * (high - low);
                atA = derivative(a);
            } else {
                low = a;
                a = b;
                atA = atB;
                b = low + ratio * (high - low);
                atB = derivative(b);
            }
        }
        final double best = atA >= atB ? a : b;
        return derivative(best) >= derivative(start) ? best : start;
    }

    /** Points that straddle one atom become one, if the certificate still holds. */
    private void merge() {
        sort();
        final double[] oldPoints = points;
        final double[] oldWeights = weights;
        final List<Double> merged = new ArrayList<>();
        final List<Double> mass = new ArrayList<>();
        for (int j = 0; j < points.length; j++) {
            final int last = merged.size() - 1;
            if (last >= 0 && points[j] - merged.get(last) < CLOSE * units.step(points[j])) {
                final double total = mass.get(last) + weights[j];
                merged.set(last, (merged.get(last) * mass.get(last) + points[j] * weights[j]) / total);
                mass.set(last, total);
            } else {
                merged.add(points[j]);
                mass.add(weights[j]);
            }
        }
        if (merged.size() == points.length) {
            return;
        }
        final double before = certificate;
        support(merged.stream().mapToDouble(Double::doubleValue).toArray());
        weights = mass.stream().mapToDouble(Double::doubleValue).toArray();
        optimiseWeights();
        peaks();
        if (certificate > PROMISED && before <= PROMISED) {
            support(oldPoints);
            weights = oldWeights;
            objective(weights);
            certificate = before;
        }
    }

    private void sort() {
        final Integer[] order = new Integer[points.length];
        Arrays.setAll(order, j -> j);
        Arrays.sort(order, (a, b) -> Double.compare(points[a], points[b]));
        final double[] p = new double[order.length];
        final double[] w = new double[order.length];
        for (int j = 0; j < order.length; j++) {
            p[j] = points[order[j]];
            w[j] = weights[order[j]];
        }
        support(p);
        weights = w;
        objective(weights);
    }
}
