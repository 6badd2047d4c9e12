package dev.mixedmodels.engine.picture;

import java.util.List;

/**
 * All that the view of a fitted model shows.
 *
 * @param version of this contract, {@link #VERSION} when it was made
 * @param node name of the node
 * @param overview what was fitted, what came out, what to worry about
 * @param scale the unit that the response may be shown in instead of its own
 * @param charts the charts in the order in which they are offered
 */
public record Picture(int version, String node, Overview overview, Scale scale, List<Chart> charts) {
    /** The contract of these records; a page that finds another one says so. */
    public static final int VERSION = 1;

    /** At most so many marks are drawn in one chart. */
    public static final int MARKS = 2_000;

    /** At most so many bytes of JSON hold a whole picture. */
    public static final int BYTES = 2_000_000;

    /**
     * @param node name of the node
     * @param overview the overview
     * @param scale the alternative unit
     * @param charts makers of the charts; as many marks are drawn as the size of the whole allows
     * @return the picture, of at most {@link #BYTES}
     */
    public static Picture of(final String node, final Overview overview, final Scale scale, final ChartMakers charts) {
        int marks = MARKS;
        Picture picture = new Picture(VERSION, node, overview, scale, charts.make(marks));
        while (marks > 1 && JsonSize.of(picture) > BYTES) {
            marks /= 2;
            picture = new Picture(VERSION, node, overview, scale, charts.make(marks));
        }
        return picture;
    }
}
