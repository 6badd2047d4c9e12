package dev.mixedmodels.engine.picture;

/**
 * One result of an overview.
 *
 * @param name what it is
 * @param value its value
 * @param lower lower confidence bound; NaN where there is none
 * @param upper upper confidence bound; NaN where there is none
 * @param note remark in a few words, may be empty
 */
public record Figure(String name, double value, double lower, double upper, String note) {
    /** Makes the name short enough to be shown. */
    public Figure {
        name = Labels.label(name);
        note = Labels.label(note);
    }

    /**
     * @param name what it is
     * @param value its value
     * @param note remark, may be empty
     * @return a figure without an interval
     */
    public static Figure of(final String name, final double value, final String note) {
        return new Figure(name, value, Double.NaN, Double.NaN, note);
    }
}
