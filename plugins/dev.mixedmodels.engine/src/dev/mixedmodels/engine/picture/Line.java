package dev.mixedmodels.engine.picture;

import java.util.Arrays;

/**
 * A line that helps to read a chart: a reference value, an ellipse, a density.
 *
 * @param name what it is, for the legend
 * @param x x of its points; NaN breaks the line
 * @param y y of its points
 */
public record Line(String name, double[] x, double[] y) {
    /** Makes the name short enough to be shown, and the numbers short in JSON. */
    public Line {
        name = Labels.label(name);
        x = Arrays.stream(x).map(Column::round).toArray();
        y = Arrays.stream(y).map(Column::round).toArray();
    }

    /**
     * @param name what it is
     * @param x where it crosses the x axis
     * @return a vertical line through the whole chart
     */
    public static Line vertical(final String name, final double x) {
        return new Line(name, new double[] {x, x}, new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});
    }

    /**
     * @param name what it is
     * @param y where it crosses the y axis
     * @return a horizontal line through the whole chart
     */
    public static Line horizontal(final String name, final double y) {
        return new Line(name, new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}, new double[] {y, y});
    }
}
