package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.CovariancePoint;
import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.covariance.ReportedParameter;
import dev.mixedmodels.engine.likelihood.MeanPoint;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rows leave open of V: entries and parameters that change along directions of theta in which the likelihood
 * does not, such as the covariance of two visits at which no subject was seen together. Directions in which V stays as
 * it is, as at a correlation over time of 0, leave nothing open.
 */
final class Undetermined {
    /** A relative change of V, per unit of theta (logarithms, transformed correlations), that is more than rounding. */
    private static final double MOVES = 1e-6;
    /** Nothing is left open. */
    static final Undetermined NONE = new Undetermined();

    private final int n;
    /** V of each group, n x n, and the changes of V along the directions that change it. */
    private final List<double[]> v = new ArrayList<>();
    private final List<List<double[]>> changes = new ArrayList<>();
    private final List<double[]> directions = new ArrayList<>();
    private final int count;

    /**
     * @param model the structure
     * @param theta where the likelihood is largest
     * @param flat directions in which it does not change, each with a largest entry of 1
     */
    Undetermined(final VisitCovariance model, final double[] theta, final List<double[]> flat) {
        final CovarianceStructure typical = model.over();
        n = typical.dimension();
        for (int g = 0; g < model.groups(); g++) {
            final double[] value = new double[n * n];
            typical.at(model.part(theta, g)).value(value);
            v.add(value);
            changes.add(new ArrayList<>());
        }
        for (final double[] direction : flat) {
            boolean moved = false;
            for (int g = 0; g < model.groups(); g++) {
                final double[] change = change(typical.at(model.part(theta, g)), model.part(direction, g));
                changes.get(g).add(change);
                for (int i = 0; i < n * n; i++) {
                    moved |= moves(change[i], g, i / n, i % n);
                }
            }
            if (moved) {
                directions.add(direction);
            }
        }
        int open = 0;
        for (int g = 0; g < model.groups(); g++) {
            for (final ReportedParameter parameter : model.structure().natural(n)) {
                open += parameter(g, parameter) ? 1 : 0;
            }
        }
        count = open;
    }

    private Undetermined() {
        n = 0;
        count = 0;
    }

    private double[] change(final CovariancePoint point, final double[] direction) {
        final double[] sum = new double[n * n];
        final double[] d = new double[n * n];
        for (int k = 0; k < direction.length; k++) {
            point.first(k, d);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += direction[k] * d[i];
            }
        }
        return sum;
    }

    private boolean moves(final double change, final int group, final int i, final int j) {
        final double[] value = v.get(group);
        return Math.abs(change) > MOVES * Math.sqrt(value[i * n + i] * value[j * n + j]);
    }

    /** How many parameters are left open. */
    int count() {
        return count;
    }

    /** Whether an entry of V is left open. */
    boolean entry(final int group, final int i, final int j) {
        return !changes.isEmpty() && changes.get(group).stream().anyMatch(change -> moves(change[i * n + j], group, i,
            j));
    }

    /** Whether a reported parameter is left open. */
    boolean parameter(final int group, final ReportedParameter parameter) {
        if (changes.isEmpty()) {
            return false;
        }
        final double[] value = v.get(group);
        return changes.get(group).stream().anyMatch(change -> {
            final double moved = parameter.derivative(value, change, n);
            return parameter.kind() == ReportedParameter.Kind.CORRELATION ? Math.abs(moved) > MOVES
                : moves(moved, group, parameter.row(), parameter.column());
        });
    }

    /** Whether standard errors of the mean change with what is left open. */
    boolean touches(final MeanPoint mean) {
        if (directions.isEmpty()) {
            return false;
        }
        final Matrices.Eigen eigen = Matrices.eigen(mean.phi());
        final double[][] root = Matrices.copy(eigen.vectors());
        for (int i = 0; i < root.length; i++) {
            for (int j = 0; j < root.length; j++) {
                root[i][j] *= Math.sqrt(eigen.values()[i]);
            }
        }
        for (final double[] direction : directions) {
            final double[][] change = new double[root.length][root.length];
            for (int k = 0; k < direction.length; k++) {
                for (int i = 0; i < root.length; i++) {
                    for (int j = 0; j < root.length; j++) {
                        change[i][j] += direction[k] * mean.precisionDerivatives()[k][i][j];
                    }
                }
            }
            final double[] values = Matrices.eigen(Matrices.sandwich(root, change)).values();
            if (Math.max(values[0], -values[values.length - 1]) > MOVES) {
                return true;
            }
        }
        return false;
    }
}
