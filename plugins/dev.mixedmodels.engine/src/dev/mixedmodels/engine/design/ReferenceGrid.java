package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Means of the model's predictions over the levels of factors, as functions of all coefficients. Numeric columns stand
 * at chosen values or at their mean over the fitted rows, functions of them at the function of that value.
 * <p>
 * Source: Searle, Speed &amp; Milliken (1980) The American Statistician 34:216-221; Lenth, R package emmeans.
 */
final class ReferenceGrid {
    /** So many products of combinations and columns are computed for one mean at most. */
    private static final double MOST_WORK = 2e7;
    /** Step of a derivative in standard deviations: differences of four points are exact for curves of degree 4. */
    private static final double STEP = 1.0 / 512;

    private final FixedDesign design;
    private final MeansWeights weights;
    private final Cells cells;
    private final Progress progress;

    ReferenceGrid(final FixedDesign design, final MeansWeights weights, final Progress progress) {
        this.design = design;
        this.progress = progress;
        this.weights = weights;
        final boolean needed = (weights == MeansWeights.PROPORTIONAL || weights == MeansWeights.CELLS)
            && !design.factors().isEmpty();
        cells = needed ? design.table().stored().cells() : null;
        if (needed && cells == null) {
            throw new ModelException("The weights cannot be those of the rows, for the nominal columns have too many "
                + "combinations of levels. Choose equal weights.");
        }
    }

    /**
     * A place of the grid.
     *
     * @param levels weights of the levels of chosen factors: 1 for a level, or those of a difference; others are
     *            averaged
     * @param numbers values of chosen numeric columns
     * @param slopes columns by which the mean is differentiated
     */
    record Place(Map<String, double[]> levels, Map<String, Double> numbers, Set<String> slopes) {
        double number(final String column, final FixedDesign design) {
            final Double value = numbers.get(column);
            return value != null ? value : design.table().stored().summary(column).mean();
        }

        Place with(final String factor, final double[] weights) {
            final Map<String, double[]> more = new HashMap<>(levels);
            more.put(factor, weights);
            return new Place(more, numbers, slopes);
        }

        Place with(final String number, final double value) {
            final Map<String, Double> more = new HashMap<>(numbers);
            more.put(number, value);
            return new Place(levels, more, slopes);
        }
    }

    /** The weight 1 at one of a factor's levels. */
    static double[] unit(final Factor factor, final int level) {
        final double[] unit = new double[factor.size()];
        unit[level] = 1;
        return unit;
    }

    /** The mean at a place over all coefficients; null if no row has what its weights ask for. */
    double[] mean(final Place place) {
        progress.check();
        if (cells == null) {
            return row(place);
        }
        final List<Integer> averaged = IntStream.range(0, cells.factors().size())
            .filter(f -> !place.levels.containsKey(cells.factors().get(f))).boxed().toList();
        final List<int[]> margins = cells.margins(averaged, chosen(place));
        final int columns = design.matrix().size();
        if ((double) margins.size() * columns > MOST_WORK) {
            throw new ModelException("The weights cannot be those of the rows, for there are " + margins.size()
                + " combinations of levels. Choose equal weights.");
        }
        double total = 0;
        final double[] sum = new double[columns];
        for (final int[] margin : margins) {
            progress.check();
            Place at = place;
            for (int f = 0; f < averaged.size(); f++) {
                final Factor factor = design.table().factor(cells.factors().get(averaged.get(f)));
                at = at.with(factor.name(), unit(factor, margin[f]));
            }
            final double count = margin[averaged.size()];
            final double[] l = row(at);
            for (int j = 0; j < columns; j++) {
                sum[j] += count * l[j];
            }
            total += count;
        }
        Matrices.divide(sum, total);
        return total > 0 ? sum : null;
    }

    /** The combinations that count: all, or those with the levels of the place. */
    private List<Integer> chosen(final Place place) {
        final List<Integer> chosen = new ArrayList<>();
        for (int cell = 0; cell < cells.size(); cell++) {
            boolean here = true;
            for (int f = 0; weights == MeansWeights.CELLS && f < cells.factors().size(); f++) {
                final double[] level = place.levels.get(cells.factors().get(f));
                here &= level == null || level[cells.code(cell, f)] != 0;
            }
            if (here) {
                chosen.add(cell);
            }
        }
        return chosen;
    }

    /** The row of X at a place, or its derivative by each of the slopes in turn. */
    private double[] row(final Place place) {
        if (place.slopes.isEmpty()) {
            return value(place);
        }
        final String column = place.slopes.iterator().next();
        final Set<String> others = new LinkedHashSet<>(place.slopes);
        others.remove(column);
        final double x = place.number(column, design);
        final double deviation = design.table().stored().summary(column).stdDeviation();
        final double h = Math.scalb(1.0, Math.getExponent(STEP * (deviation > 0
            ? deviation : Math.max(1, Math.abs(x)))));
        final double[] derivative = new double[design.matrix().size()];
        for (int k = 1; k <= 2; k++) {
            final Place at = new Place(place.levels, place.numbers, others);
            final double[] above = row(at.with(column, x + k * h));
            final double[] below = row(at.with(column, x - k * h));
            for (int j = 0; j < derivative.length; j++) {
                derivative[j] += (k == 1 ? 8 : -1) * (above[j] - below[j]) / (12 * h);
            }
        }
        return derivative;
    }

    private double[] value(final Place place) {
        final GridPoint point = new Point(place, new HashMap<>());
        final List<String> differences = place.levels.entrySet().stream()
            .filter(chosen -> Arrays.stream(chosen.getValue()).sum() == 0).map(Map.Entry::getKey).toList();
        return design.matrix().columns().stream()
            .mapToDouble(column -> column.dependsOn(differences) ? column.value(point) : 0).toArray();
    }

    /** Chosen weights and values, and those of the columns that are not chosen. */
    private final class Point implements GridPoint {
        private final Place place;
        private final Map<String, double[]> others;

        Point(final Place place, final Map<String, double[]> others) {
            this.place = place;
            this.others = others;
        }

        @Override
        public double number(final Column column) {
            return place.number(column.name(), design);
        }

        @Override
        public double[] weights(final Factor factor) {
            final double[] chosen = place.levels.get(factor.name());
            return chosen != null ? chosen : others.computeIfAbsent(factor.name(), name -> average(factor));
        }

        private double[] average(final Factor factor) {
            if (weights == MeansWeights.MARGINS) {
                return design.table().stored().factor(factor.name()).shares();
            }
            final double[] equal = new double[factor.size()];
            Arrays.fill(equal, 1.0 / factor.size());
            return equal;
        }
    }
}
