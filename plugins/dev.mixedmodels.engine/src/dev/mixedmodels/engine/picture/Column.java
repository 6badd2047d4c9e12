package dev.mixedmodels.engine.picture;

import java.util.List;

/**
 * A column of the table behind a chart; exactly one of texts and numbers is there.
 *
 * @param role what the chart uses it for
 * @param heading its heading in the table
 * @param units of the numbers
 * @param texts its texts, or null
 * @param numbers its numbers, of at most nine significant digits, NaN for missing ones; or null
 */
public record Column(String role, String heading, Units units, List<String> texts, double[] numbers) {
    private static final int DIGITS = 9;

    /** Makes the heading short enough to be shown. */
    public Column {
        heading = Labels.label(heading);
    }

    static Column ofTexts(final String role, final String heading, final List<String> texts) {
        return new Column(role, heading, Units.PLAIN, texts.stream().map(Labels::label).toList(), null);
    }

    static Column ofNumbers(final String role, final String heading, final Units units, final double[] numbers) {
        final double[] rounded = new double[numbers.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = round(numbers[i]);
        }
        return new Column(role, heading, units, null, rounded);
    }

    /**
     * @return number of rows
     */
    public int rows() {
        return texts != null ? texts.size() : numbers.length;
    }

    /** The number with nine significant digits: more than a picture shows, and short in JSON. */
    static double round(final double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value + 0.0;
        }
        final int shift = DIGITS - 1 - (int) Math.floor(Math.log10(Math.abs(value)));
        final double power = Math.pow(10, Math.abs(shift));
        final double rounded = shift < 0 ? Math.rint(value / power) * power : Math.rint(value * power) / power;
        return Double.isFinite(rounded) ? rounded : value; // 10^shift overflows for the smallest numbers
    }
}
