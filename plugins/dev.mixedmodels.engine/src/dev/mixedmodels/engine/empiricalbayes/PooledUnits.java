package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Units for a nonparametric prior: those with equal data pooled, with the grid on which their mixture is examined. */
final class PooledUnits {
    private static final double LARGEST_RATIO = 1e4;
    /** Grid step in units of the narrowest likelihood around. */
    private static final double STEP = 1.0 / 3;
    /** Away from a unit its likelihood no longer limits the step: at z widths the step may be z / 5 widths. */
    private static final double GROWTH = 0.2;

    private final double[] y;
    private final double[] precision;
    private final double[] multiplicity;
    private final double[] location;
    private final double[] scale;
    private final double total;

    /** Data of one unit, ordered so that pooling does not depend on the order of rows. */
    private record Datum(double y, double precision) implements Comparable<Datum> {
        @Override
        public int compareTo(final Datum other) {
            final int byPrecision = Double.compare(precision, other.precision);
            return byPrecision != 0 ? byPrecision : Double.compare(y, other.y);
        }
    }

    /**
     * @param family likelihood of a unit
     * @param y data
     * @param precision standard errors, exposures or trials
     * @param frequencies how many units each stands for; null for one each
     * @throws ModelException if the widths of the likelihoods differ too much
     */
    PooledUnits(final UnitLikelihood family, final double[] y, final double[] precision, final double[] frequencies) {
        final TreeMap<Datum, Double> pooled = new TreeMap<>();
        for (int i = 0; i < y.length; i++) {
            final double frequency = frequencies == null ? 1 : frequencies[i];
            if (frequency > 0) {
                pooled.merge(new Datum(y[i], precision[i]), frequency, Double::sum);
            }
        }
        final int n = pooled.size();
        this.y = new double[n];
        this.precision = new double[n];
        multiplicity = new double[n];
        location = new double[n];
        scale = new double[n];
        total = pooled.values().stream().mapToDouble(Double::doubleValue).sum();
        int i = 0;
        for (final var entry : pooled.entrySet()) {
            this.y[i] = entry.getKey().y;
            this.precision[i] = entry.getKey().precision;
            multiplicity[i] = entry.getValue();
            location[i] = family.location(this.y[i], this.precision[i]);
            scale[i] = family.scale(this.precision[i]);
            i++;
        }
        final double ratio = Arrays.stream(scale).max().orElse(1) / Arrays.stream(scale).min().orElse(1);
        if (ratio > LARGEST_RATIO) {
            throw new ModelException(String.format(Locale.ROOT, "The standard errors differ by a factor of %.3g, too"
                + " much for a nonparametric prior (at most %.0e). Choose the prior \"Parametric\", or leave out the "
                + "most or"
                + " the least precise units.", ratio, LARGEST_RATIO));
        }
    }

    int size() {
        return y.length;
    }

    double total() {
        return total;
    }

    double y(final int unit) {
        return y[unit];
    }

    double precision(final int unit) {
        return precision[unit];
    }

    double multiplicity(final int unit) {
        return multiplicity[unit];
    }

    double location(final int unit) {
        return location[unit];
    }

    /**
     * @param position where
     * @return the grid step there
     */
    double step(final double position) {
        double step = Double.POSITIVE_INFINITY;
        for (int i = 0; i < y.length; i++) {
            step = Math.min(step, STEP * (scale[i] + GROWTH * Math.abs(position - location[i])));
        }
        return step;
    }

    /**
     * @return positions over the range of the unit estimates, fine where a narrow likelihood is near
     */
    double[] grid() {
        final double low = Arrays.stream(location).min().orElse(0);
        final double high = Arrays.stream(location).max().orElse(0);
        final List<Double> grid = new ArrayList<>();
        for (double at = low; at < high; at = Math.max(Math.nextUp(at), at + step(at))) {
            grid.add(at);
        }
        grid.add(high);
        return grid.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * @return locations of some units such that every unit has one within its own width
     */
    double[] cover() {
        final Integer[] byScale = new Integer[y.length];
        Arrays.setAll(byScale, i -> i);
        Arrays.sort(byScale, (a, b) -> Double.compare(scale[a], scale[b]));
        final TreeMap<Double, Boolean> chosen = new TreeMap<>();
        for (final int i : byScale) {
            final Double below = chosen.floorKey(location[i]);
            final Double above = chosen.ceilingKey(location[i]);
            final boolean covered = below != null && location[i] - below <= scale[i]
                || above != null && above - location[i] <= scale[i];
            if (!covered) {
                chosen.put(location[i], true);
            }
        }
        return chosen.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
