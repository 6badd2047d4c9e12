package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.NonNegativeQuadratic;
import java.util.Arrays;

/** A discrete mixing distribution on given points, with its weights at their maximum likelihood. */
final class Mixture {
    private static final int MAX_NEWTON = 100;
    private static final double WEIGHT_TOLERANCE = 1e-12;

    private final UnitLikelihood family;
    private final PooledUnits units;
    private final Progress progress;
    private final double[] own; // log f at the unit's own location, its largest value
    private double[] points;
    private double[] weights;
    private double[][] f; // f(y_i | point j) over the unit's largest value
    private double[] density; // sum_j w_j f_ij

    Mixture(final UnitLikelihood family, final PooledUnits units, final Progress progress) {
        this.family = family;
        this.units = units;
        this.progress = progress;
        own = new double[units.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = family.log(units.y(i), units.precision(i), units.location(i));
        }
    }

    double[] points() {
        return points;
    }

    double[] weights() {
        return weights;
    }

    /**
     * Takes a support, optimises its weights and leaves out points of weight 0.
     *
     * @param positions the points
     * @param start weights to start from, not all 0
     */
    void set(final double[] positions, final double[] start) {
        fill(positions, start);
        optimise();
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
        for (int j = 0; j < kept; j++) {
            w[j] /= total;
        }
        fill(Arrays.copyOf(p, kept), Arrays.copyOf(w, kept));
        objective(weights);
    }

    private void fill(final double[] positions, final double[] start) {
        points = positions;
        weights = start;
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

    /**
     * @param position where
     * @return D, the derivative of the average log likelihood towards a point mass there
     */
    double derivative(final double position) {
        double sum = 0;
        for (int i = 0; i < f.length; i++) {
            sum += units.multiplicity(i) * (relative(i, position) / density[i]);
        }
        return sum / units.total() - 1;
    }

    /**
     * One step of the EM algorithm for the points: each moves to the average of the units' estimates, weighted by their
     * probabilities of belonging to it.
     *
     * @return the new points
     */
    double[] moved() {
        final double[] positions = new double[points.length];
        for (int j = 0; j < points.length; j++) {
            double amount = 0;
            double information = 0;
            for (int i = 0; i < f.length; i++) {
                final double share = units.multiplicity(i) * (f[i][j] / density[i]);
                amount += share * family.amount(units.y(i), units.precision(i));
                information += share * family.information(units.precision(i));
            }
            positions[j] = family.location(amount / information, 1);
        }
        return positions;
    }

    /** Newton's method for -(1/k) sum n_i log (F w)_i + sum w over w &gt;= 0, whose solution has sum w = 1. */
    private void optimise() {
        final int n = points.length;
        final double k = units.total();
        double value = objective(weights);
        for (int step = 0; step < MAX_NEWTON; step++) {
            progress.check();
            final double[][] h = new double[n][n];
            final double[] b = new double[n];
            for (int i = 0; i < f.length; i++) {
                final double share = units.multiplicity(i) / k;
                for (int j = 0; j < n; j++) {
                    final double s = f[i][j] / density[i];
                    b[j] += 2 * share * s;
                    for (int l = 0; l <= j; l++) {
                        h[j][l] += share * s * (f[i][l] / density[i]);
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
                return;
            }
            double length = 1;
            double[] next = target;
            double nextValue = objective(next);
            while (!(nextValue <= value + 1e-4 * length * slope) && length > 1e-10) {
                length /= 2;
                next = between(weights, target, length);
                nextValue = objective(next);
            }
            weights = next;
            value = nextValue;
        }
    }

    private static double[] between(final double[] from, final double[] to, final double share) {
        final double[] x = new double[from.length];
        for (int j = 0; j < x.length; j++) {
            x[j] = from[j] + share * (to[j] - from[j]);
        }
        return x;
    }

    /** The function that the weights minimise; leaves the mixture densities behind. */
    private double objective(final double[] w) {
        density = new double[f.length];
        double sum = 0;
        for (int i = 0; i < f.length; i++) {
            for (int j = 0; j < w.length; j++) {
                density[i] += f[i][j] * w[j];
            }
            sum -= units.multiplicity(i) * Math.log(density[i]);
        }
        double total = 0;
        for (final double weight : w) {
            total += weight;
        }
        return sum / units.total() + total;
    }
}
