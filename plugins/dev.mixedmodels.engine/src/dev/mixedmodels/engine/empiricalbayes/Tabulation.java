package dev.mixedmodels.engine.empiricalbayes;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * Data of units, those with the same in one row.
 *
 * @param y what was observed
 * @param precision standard errors, exposures or trials
 * @param frequencies how many units a row stands for; null for one each
 */
record Tabulation(double[] y, double[] precision, double[] frequencies) {
    /**
     * Draws as many units as there are.
     *
     * @param precision of each row
     * @param frequencies how many units a row stands for; null for one each
     * @param draw y of a unit of that row
     * @return the units drawn
     */
    static Tabulation draw(final double[] precision, final double[] frequencies, final IntToDoubleFunction draw) {
        if (frequencies == null) {
            final double[] drawn = new double[precision.length];
            Arrays.setAll(drawn, draw);
            return new Tabulation(drawn, precision, null);
        }
        final TreeMap<Double, TreeMap<Double, Double>> table = new TreeMap<>();
        for (int row = 0; row < precision.length; row++) {
            final TreeMap<Double, Double> counts = table.computeIfAbsent(precision[row], size -> new TreeMap<>());
            for (double unit = 0; unit < frequencies[row]; unit++) {
                counts.merge(draw.applyAsDouble(row), 1.0, Double::sum);
            }
        }
        final int rows = table.values().stream().mapToInt(TreeMap::size).sum();
        final Tabulation drawn = new Tabulation(new double[rows], new double[rows], new double[rows]);
        int next = 0;
        for (final var size : table.entrySet()) {
            for (final var count : size.getValue().entrySet()) {
                drawn.y[next] = count.getKey();
                drawn.precision[next] = size.getKey();
                drawn.frequencies[next++] = count.getValue();
            }
        }
        return drawn;
    }
}
