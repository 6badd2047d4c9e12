package dev.mixedmodels.engine.picture;

/**
 * An axis of a chart.
 *
 * @param title what it shows
 * @param units of its numbers
 */
public record Axis(String title, Units units) {
    /** An axis without a title. */
    public static final Axis NONE = new Axis("", Units.PLAIN);

    /** Makes the title short enough to be shown. */
    public Axis {
        title = Labels.label(title);
    }
}
