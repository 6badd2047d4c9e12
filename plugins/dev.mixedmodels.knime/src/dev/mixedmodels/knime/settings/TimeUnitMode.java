package dev.mixedmodels.knime.settings;

import java.util.Locale;
import org.knime.node.parameters.widget.choices.Label;

/** The unit in which a date column becomes the numbers that a model sees. */
public enum TimeUnitMode {
    /** Weeks. */
    @Label("Weeks")
    WEEKS(7 * 86_400.0),
    /** Days. */
    @Label("Days")
    DAYS(86_400),
    /** Hours. */
    @Label("Hours")
    HOURS(3_600),
    /** Minutes. */
    @Label("Minutes")
    MINUTES(60),
    /** Seconds. */
    @Label("Seconds")
    SECONDS(1),
    /** Years of 365.25 days. */
    @Label(value = "Years", description = "Years of 365.25 days.")
    YEARS(365.25 * 86_400);

    /** Title of the setting in every dialog. */
    public static final String TITLE = "Time unit";
    /** Description of the setting in every dialog. */
    public static final String DESCRIPTION = """
        For a time column of dates: the unit of the numbers that they become, counted from the first date in the data, \
        which Model fit names.""";

    private final double seconds;

    TimeUnitMode(final double seconds) {
        this.seconds = seconds;
    }

    /**
     * @return length of the unit in seconds
     */
    public double seconds() {
        return seconds;
    }

    /**
     * @return the unit in words, as a plural
     */
    public String words() {
        return name().toLowerCase(Locale.ROOT);
    }
}
