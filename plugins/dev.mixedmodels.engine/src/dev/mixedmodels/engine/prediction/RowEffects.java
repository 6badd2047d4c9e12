package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredPairs;
import dev.mixedmodels.engine.model.StoredUnits;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;
import java.util.List;

/** The random part z'b of one row after the other, and its uncertainty. */
final class RowEffects {
    /** The effects of one grouping factor. */
    private static final class Group {
        final StoredUnits units;
        final RandomDesign[] parts;
        final boolean included;
        final double[] z;
        int unit;

        Group(final StoredUnits units, final List<RandomDesign> random, final boolean included) {
            this.units = units;
            this.included = included;
            parts = Arrays.stream(units.terms()).mapToObj(random::get).toArray(RandomDesign[]::new);
            z = new double[units.q()];
        }

        void read(final int row) {
            unit = included ? parts[0].factor().code(row) : -1;
            int at = 0;
            for (final RandomDesign part : parts) {
                part.row(row, z, at);
                at += part.effects();
            }
        }

        /** z'Dz. */
        double variance() {
            return Matrices.bilinear(units.d(), z, z);
        }

        /** Takes K'z off. */
        void subtract(final double[] from) {
            final int p = from.length;
            for (int i = 0; i < z.length; i++) {
                for (int j = 0; j < p; j++) {
                    from[j] -= z[i] * units.onMean()[(unit * z.length + i) * p + j];
                }
            }
        }

        /** z'Cov(b, other b)z of the other; NaN if it is not known. */
        double covariance(final StoredPairs pairs, final Group other) {
            final int pair = pairs.find(unit, other.unit);
            if (pair < 0) {
                return Double.NaN;
            }
            int at = pair * z.length * other.z.length;
            double sum = 0;
            for (final double zi : z) {
                for (final double zj : other.z) {
                    sum += zi * pairs.covariances()[at++] * zj;
                }
            }
            return sum;
        }

        /** |L'z|^2. */
        double conditional() {
            final int q = z.length;
            final int from = unit * (q * (q + 1) / 2);
            double sum = 0;
            for (int j = 0; j < q; j++) {
                double product = 0;
                for (int i = j; i < q; i++) {
                    product += z[i] * units.half()[from + i * (i + 1) / 2 + j];
                }
                sum += product * product;
            }
            return sum;
        }
    }

    private final Group[] groups;

    RowEffects(final StoredModel model, final ModelDesign design, final boolean[] included) {
        groups = new Group[model.units().size()];
        for (int k = 0; k < groups.length; k++) {
            groups[k] = new Group(model.units().get(k), design.random(), included[k]);
        }
    }

    /** The predicted random part of a row; of units that are not known it is 0, NaN if their variance is negative. */
    double of(final int row) {
        double sum = 0;
        for (final Group group : groups) {
            group.read(row);
            final double[] z = group.z;
            for (int c = 0; c < z.length && group.unit >= 0; c++) {
                sum += z[c] * group.units.blup()[group.unit * z.length + c];
            }
            if (group.included && group.unit < 0 && group.units.d()[0][0] < 0) {
                sum = Double.NaN;
            }
        }
        return sum;
    }

    /** Counts the units of the row read last that the model does not know. */
    void countNewUnits(final Census census) {
        for (final Group group : groups) {
            if (group.included && group.unit < 0) {
                census.newUnit(group.units.name());
            }
        }
    }

    /** Error variance of the prediction of the row read last, whose row of the working basis is given. */
    double variance(final double[] w, final double[][] covariance) {
        final double[] direction = w.clone();
        double sum = 0;
        for (final Group group : groups) {
            if (group.unit >= 0) {
                group.subtract(direction);
                sum += group.conditional();
                for (final StoredPairs pairs : group.units.pairs()) {
                    sum += groups[pairs.other()].unit < 0 ? 0 : 2 * group.covariance(pairs, groups[pairs.other()]);
                }
            } else if (group.included) {
                sum += group.variance();
            }
        }
        return Matrices.bilinear(covariance, direction, direction) + sum;
    }

    /** Variance of the effects that the prediction of the row read last leaves out. */
    double excludedVariance() {
        double sum = 0;
        for (final Group group : groups) {
            sum += group.included ? 0 : group.variance();
        }
        return sum;
    }
}
