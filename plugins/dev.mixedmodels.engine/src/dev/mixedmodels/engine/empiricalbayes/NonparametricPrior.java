package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Nonparametric maximum likelihood of a mixing distribution: a discrete G that maximises sum_i n_i log m(y_i),
 * m(y) = sum_j w_j f(y | theta_j). G is the maximum if and only if the directional derivative
 * D(theta) = (1/k) sum_i n_i f(y_i | theta) / m(y_i) - 1 is nowhere positive (Lindsay 1983), which certifies it.
 * <p>
 * Sources: Kiefer &amp; Wolfowitz (1956); Wang (2007) JRSS B 69:185-198: local maxima of D join the support, weights by
 * constrained Newton steps, points of weight 0 leave. In the end points that straddle one atom are made one and moved.
 */
final class NonparametricPrior {
    /** The certificate aimed at. */
    private static final double TARGET = 1e-7;
    /** The certificate promised. */
    private static final double PROMISED = 1e-6;
    private static final int MAX_ROUNDS = 300;
    private static final int MAX_MOVES = 50;
    /** Where positions are so far from 0 that neighbouring doubles are wide apart, sections stop shrinking. */
    private static final int MAX_SECTIONS = 40;
    /** More points than this are left where they are: none of them matters much. */
    private static final int MANY_POINTS = 100;
    private static final double STILL = 1e-10;
    /** Points closer than this many grid steps may be one point. */
    private static final double CLOSE = 0.25;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final PooledUnits units;
    private final Progress progress;
    private final Mixture mixture;
    private final double[] grid;
    private double certificate;
    private int rounds;

    NonparametricPrior(final UnitLikelihood family, final PooledUnits units, final Progress progress) {
        this.units = units;
        this.progress = progress;
        grid = units.grid();
        mixture = new Mixture(family, units, progress);
        final double[] cover = units.cover();
        final double[] weights = new double[cover.length];
        Arrays.fill(weights, 1.0 / cover.length);
        mixture.set(cover, weights);
        run();
    }

    /** Positions of the support, rising. */
    double[] points() {
        return mixture.points();
    }

    double[] weights() {
        return mixture.weights();
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
        List<Double> peaks = peaks();
        while (certificate > TARGET && rounds < MAX_ROUNDS) {
            rounds++;
            final double[] old = mixture.points();
            final double[] points = Arrays.copyOf(old, old.length + peaks.size());
            for (int j = 0; j < peaks.size(); j++) {
                points[old.length + j] = peaks.get(j);
            }
            mixture.set(points, Arrays.copyOf(mixture.weights(), points.length));
            peaks = peaks();
        }
        tidy();
    }

    /** Local maxima of D where it is positive; leaves the largest value as certificate. */
    private List<Double> peaks() {
        final double[] d = new double[grid.length];
        for (int g = 0; g < grid.length; g++) {
            progress.check();
            d[g] = mixture.derivative(grid[g]);
        }
        certificate = Double.NEGATIVE_INFINITY;
        final List<Double> peaks = new ArrayList<>();
        for (int g = 0; g < grid.length; g++) {
            final boolean rises = g == 0 || d[g] >= d[g - 1];
            final boolean falls = g == grid.length - 1 || d[g] > d[g + 1];
            if (rises && falls) {
                final double at = climb(grid[Math.max(0, g - 1)], grid[g], grid[Math.min(grid.length - 1, g + 1)]);
                final double top = mixture.derivative(at);
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
        double low = left;
        double high = right;
        double a = high - GOLDEN * (high - low);
        double b = low + GOLDEN * (high - low);
        double atA = mixture.derivative(a);
        double atB = mixture.derivative(b);
        for (int i = 0; i < MAX_SECTIONS && high - low > 1e-6 * (right - left); i++) {
            progress.check();
            if (atA >= atB) {
                high = b;
                b = a;
                atB = atA;
                a = high - GOLDEN * (high - low);
                atA = mixture.derivative(a);
            } else {
                low = a;
                a = b;
                atA = atB;
                b = low + GOLDEN * (high - low);
                atB = mixture.derivative(b);
            }
        }
        final double best = atA >= atB ? a : b;
        return mixture.derivative(best) >= mixture.derivative(start) ? best : start;
    }

    /** Joins points that straddle one atom and moves all to where they belong, if the certificate still holds. */
    private void tidy() {
        final double[] points = mixture.points().clone();
        final double[] weights = mixture.weights().clone();
        sort(points, weights);
        final double before = certificate;
        join(points, weights);
        for (int move = 0; move < MAX_MOVES && mixture.points().length <= MANY_POINTS; move++) {
            final double[] moved = mixture.moved();
            double farthest = 0;
            for (int j = 0; j < moved.length; j++) {
                farthest = Math.max(farthest, Math.abs(moved[j] - mixture.points()[j]) / units.step(moved[j]));
            }
            mixture.set(moved, mixture.weights());
            if (farthest < STILL) {
                break;
            }
        }
        peaks();
        if (certificate > Math.max(PROMISED, before)) {
            mixture.set(points, weights);
            certificate = before;
        }
    }

    private void join(final double[] points, final double[] weights) {
        final double[] joined = new double[points.length];
        final double[] mass = new double[points.length];
        int last = -1;
        for (int j = 0; j < points.length; j++) {
            if (last >= 0 && points[j] - joined[last] < CLOSE * units.step(points[j])) {
                final double total = mass[last] + weights[j];
                joined[last] += (points[j] - joined[last]) * weights[j] / total;
                mass[last] = total;
            } else {
                joined[++last] = points[j];
                mass[last] = weights[j];
            }
        }
        mixture.set(Arrays.copyOf(joined, last + 1), Arrays.copyOf(mass, last + 1));
    }

    /** Sorts points with their weights; there are few. */
    private static void sort(final double[] points, final double[] weights) {
        for (int j = 1; j < points.length; j++) {
            final double point = points[j];
            final double weight = weights[j];
            int i = j;
            for (; i > 0 && points[i - 1] > point; i--) {
                points[i] = points[i - 1];
                weights[i] = weights[i - 1];
            }
            points[i] = point;
            weights[i] = weight;
        }
    }
}
