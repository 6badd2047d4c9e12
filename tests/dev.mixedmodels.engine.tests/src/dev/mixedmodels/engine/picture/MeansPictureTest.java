package dev.mixedmodels.engine.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.result.MeansRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeansPictureTest {
    private static MeansRow row(final String type, final String level, final String against, final String at) {
        return new MeansRow(type, "arm", level, against, at, 2, 1, 10, 2, 0.07, 0.5, Double.POSITIVE_INFINITY,
            type.equals("Mean") ? Double.NaN : 0.08);
    }

    private static Picture picture(final List<MeansRow> rows) {
        return new MeansPicture("y", "other nominal columns are weighted equally", rows).picture("Means", "Of a model.", "y ~ arm",
            List.of("Look out."));
    }

    /** Means as curves over the last place, one chart for each combination of the others; comparisons as rows with a 0. */
    @Test
    void chartsByTermAndPlace() {
        final Picture picture = picture(List.of(row("Mean", "a", "", "site = 1, visit = 1"), row("Mean", "b", "", "site = 1, visit = 1"),
            row("Mean", "a", "", "site = 1, visit = 2"), row("Mean", "a", "", "site = 2, visit = 1"),
            row("Difference", "a", "b", "site = 1, visit = 1"), row("Contrast", "a - 2*b", "", ""), row("Slope", "a", "", "")));
        assertEquals(List.of("curves", "curves", "caterpillar", "caterpillar", "caterpillar"),
            picture.charts().stream().map(Chart::kind).toList());
        final Chart first = picture.charts().get(0);
        assertEquals("Least-squares means of arm at site = 1, visit", first.title());
        assertEquals(List.of("1", "1", "2"), first.columns().stream().filter(c -> c.role().equals("at")).findFirst()
            .orElseThrow().texts());
        final Chart differences = picture.charts().get(3);
        assertEquals("a - b (site = 1, visit = 1)", differences.columns().get(0).texts().get(0));
        assertEquals(1, differences.lines().size());
        assertEquals(5, picture.charts().stream().map(Chart::id).distinct().count());
    }

    @Test
    void figuresAndConcerns() {
        final Picture picture = picture(List.of(row("Mean", "a", "", ""), row("Mean", "b", "", ""), row("Difference", "a", "b", "")));
        assertEquals(List.of("Mean: a", "Mean: b", "Difference: a - b"),
            picture.overview().figures().stream().map(Figure::name).toList());
        assertEquals("p = 0.0800", picture.overview().figures().get(2).note());
        assertTrue(Double.isNaN(picture.overview().figures().get(0).upper())); // a bound that is none
        assertEquals(List.of("Look out."), picture.overview().concerns());
    }
}
