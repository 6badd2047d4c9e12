package dev.mixedmodels.headless;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class XmlTextTest {

    @Test
    void blocksStandOnLinesOfTheirOwnAndEntitiesAreResolved() {
        assertEquals("Intro\n\nWhy\nα_i < 1, x^2\n- one\n- two\nend",
            XmlText.of("Intro<h3>Why</h3>\n<p>&#945;<sub>i</sub>\n &lt;  1, <i>x</i><sup>2</sup></p>"
                + "<ul>\n<li>one</li> <li>two</li></ul>end"));
    }

    @Test
    void longLinesBreakAtBlanks() {
        XmlText.of("<p>" + "some words ".repeat(50) + "</p>").lines()
            .forEach(line -> assertEquals(true, line.length() <= 100));
    }

    @Test
    void aLineIsOneLine() {
        assertEquals("a b - c", XmlText.line("<p>a</p>\n<p>b</p><ul><li>c</li></ul>"));
    }

    @Test
    void tablesKeepTheirColumns() {
        assertEquals("before\n\n  units  a long head\n     10            1\n    100           12\n\nafter",
            XmlText.of("<p>before</p><table>\n<tr><th>units</th>\n<th>a long head</th></tr>"
                + "<tr><td>10</td><td>1</td></tr> <tr><td>100</td><td>12</td></tr></table><p>after</p>"));
    }

    @Test
    void wrappedLinesKeepTheirIndentation() {
        final String text = XmlText.wrap("word ".repeat(60).strip(), "  - ", "    ");
        assertEquals("  - word", text.substring(0, 8));
        text.lines().forEach(line -> assertEquals(true, line.length() <= 100 && line.startsWith("  ")));
        text.lines().skip(1).forEach(line -> assertEquals("    w", line.substring(0, 5)));
        assertEquals("    ", XmlText.wrap("", "    ", ""));
    }
}
