package dev.mixedmodels.engine.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static Picture picture(final ChartMakers charts) {
        return Picture.of("Node", new Overview("", "", List.of(), List.of()), Scale.none("y"), charts);
    }

    private static ChartMakers charts(final int count, final String name) {
        final ChartMakers charts = new ChartMakers();
        for (int i = 0; i < count; i++) {
            charts.add(marks -> List.of(Chart.of(Topic.UNITS, "chart", "caterpillar", "Title")
                .texts("level", "Level", Collections.nCopies(marks, name))
                .numbers("estimate", "Estimate", Units.PLAIN, new double[marks]).build()));
        }
        return charts;
    }

    @Test
    void aChartHasAsManyMarksAsOneMay() {
        assertEquals(Picture.MARKS, picture(charts(10, "short")).charts().get(0).rows());
    }

    @Test
    void aPictureOfLongNamesHasFewerMarksAndStaysWithinItsSize() {
        final Picture picture = picture(charts(10, "\u00e4\u0001".repeat(5_000)));
        assertTrue(JsonSize.of(picture) <= Picture.BYTES);
        assertTrue(picture.charts().get(0).rows() >= 100, () -> picture.charts().get(0).rows() + " rows");
        assertEquals(10, picture.charts().size());
    }

    @Test
    void aLongNameIsCutAndSaysHowLongItIs() {
        final String cut = Labels.label("x".repeat(10_000));
        assertEquals("x".repeat(200) + "\u2026 (10000 characters)", cut);
        assertEquals("short", Labels.label("short"));
        final String pair = "a".repeat(199) + "\ud83d\ude00" + "b".repeat(100);
        assertTrue(Labels.label(pair).startsWith("a".repeat(199) + "\u2026"), "half a character");
    }

    @Test
    void numbersHaveNineDigitsAndKeepTheirSize() {
        for (final double value : new double[] {Math.PI, -1e300 / 3, 1e-300 / 3, 123456789012.25, Double.MIN_VALUE,
            Double.MAX_VALUE, 0.1, 1527.5}) {
            assertEquals(value, Column.round(value), 5.1e-9 * Math.abs(value));
        }
        assertEquals(3.14159265, Column.round(Math.PI));
        assertEquals(0, Column.round(-0.0));
        assertEquals(Double.NEGATIVE_INFINITY, Column.round(Double.NEGATIVE_INFINITY));
        assertTrue(Double.isNaN(Column.round(Double.NaN)));
    }

    @Test
    void chartsWithoutRowsAreLeftOut() {
        final ChartMakers charts = new ChartMakers();
        charts.add(marks -> List.of(Chart.of(Topic.UNITS, "empty", "scatter", "Empty").build()));
        assertEquals(List.of(), picture(charts).charts());
    }

    @Test
    void columnsOfDifferentLengthsAreADefect() {
        final Chart.Builder chart = Chart.of(Topic.UNITS, "id", "scatter", "Title")
            .numbers("x", "x", Units.PLAIN, new double[2]).numbers("y", "y", Units.PLAIN, new double[3]);
        assertThrows(IllegalArgumentException.class, chart::build);
    }
}
