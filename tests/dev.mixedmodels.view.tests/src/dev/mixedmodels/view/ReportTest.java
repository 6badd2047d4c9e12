package dev.mixedmodels.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mixedmodels.view.HostPage.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report file: the same page, opened from a disk; names that try to be more than names; sizes; colours. */
class ReportTest {
    private static final String IMAGE = "<img src=x onerror=alert(1)>";
    private static final String SCRIPT = "</script><script>alert(2)</script>";

    private final Browser browser = Browser.get();

    private void open(final Node node) {
        browser.open(node.report().toUri().toString());
        browser.until("return document.querySelector('.chart svg') !== null");
    }

    private static List<Node> nodes() {
        return Node.all().toList();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void opensFromADiskAndAsksForNothing(final Node node) {
        open(node);
        assertEquals(node.picture().get("node").asText(), browser.find("h1").getText());
        assertEquals(List.of(), browser.messages());
        browser.requests().forEach(request -> assertTrue(request.startsWith("data:"), request));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 1600})
    void fitsANarrowAndAWideWindow(final int width) {
        for (final Node node : nodes()) {
            open(node);
            browser.size(width, 900);
            browser.until("return Math.abs(document.querySelector('.chart svg').getBoundingClientRect().width "
                + "- document.querySelector('.chart').clientWidth) < 1");
            assertEquals((long) width, browser.js("return innerWidth"));
            assertEquals(Boolean.FALSE, browser.js("return document.documentElement.scrollWidth > innerWidth"));
            assertEquals(Boolean.TRUE, browser.js("""
                const box = document.querySelector(".chart svg").getBoundingClientRect();
                return [...document.querySelectorAll(".chart svg text")].every(t => {
                  const own = t.getBoundingClientRect();
                  return own.left >= box.left - 1 && own.right <= box.right + 1;
                })"""), node.report() + " at " + width + ": a text is cut off");
        }
    }

    @Test
    void darkSchemeChangesThePageAndTheDrawing() {
        open(Node.anova());
        final Object light = browser.js("return getComputedStyle(document.body).backgroundColor");
        browser.scheme("dark");
        browser.until("return document.querySelector('.chart svg rect').getAttribute('fill') === '#16191d'");
        assertNotEquals(light, browser.js("return getComputedStyle(document.body).backgroundColor"));
        assertEquals(6, browser.marks("circle", "series-1").size());
    }

    private static Node evil() {
        try {
            final Path input = Node.SCRATCH.resolve("evil.csv");
            Files.createDirectories(Node.SCRATCH);
            final StringBuilder csv = new StringBuilder("\"" + IMAGE + "\",\"" + SCRIPT + "\"\n");
            final String[] levels = {IMAGE, SCRIPT, "x".repeat(10_000), "d", "{b} {c} ${e}"};
            for (int i = 0; i < 20; i++) {
                csv.append('"').append(levels[i % 5]).append("\",").append(3 * Math.sin(i % 5) + Math.cos(3 * i)).append('\n');
            }
            Files.writeString(input, csv, StandardCharsets.UTF_8);
            return Node.run("random-intercept-anova", "--input", input.toString(), "--set", "group=" + IMAGE,
                "--set", "response=" + SCRIPT);
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void namesAreTextsWhateverTheyLookLike(final boolean report) throws IOException {
        try (HostPage host = new HostPage()) {
            final Node node = evil();
            browser.open(report ? node.report().toUri().toString()
                : host.with(Mode.CALL, "{\"result\": " + node.json() + "}"));
            browser.until("return document.querySelector('.chart svg') !== null");
            browser.find(".actions button").click();
            assertTrue(browser.texts(".table td").contains(IMAGE));
            assertTrue(browser.texts(".table td").contains(SCRIPT));
            assertTrue(browser.texts(".table td").stream().anyMatch(t -> t.endsWith("x\u2026 (10000 characters)")));
            browser.js("document.querySelector('.chart').focus()");
            for (int i = 0; i < 5; i++) {
                browser.js("document.querySelector('.chart').dispatchEvent(new KeyboardEvent('keydown', "
                    + "{ key: 'ArrowRight', bubbles: true }))");
                final String tip = browser.find(".tip").getText();
                assertTrue(tip.startsWith(IMAGE + " "), tip);
                assertTrue((Boolean) browser.js("return document.querySelector('.tip').getBoundingClientRect().right <= innerWidth"));
            }
            for (final String topic : browser.texts("[role=tab]")) {
                browser.all("[role=tab]").stream().filter(t -> t.getText().equals(topic)).findFirst().orElseThrow().click();
            }
            assertEquals(0, browser.all("img").size()); // and an alert would have stopped the driver
            assertEquals(List.of(), browser.messages());
            assertEquals(Boolean.FALSE, browser.js("return document.documentElement.scrollWidth > innerWidth"));
        }
    }

    @Test
    void settingsOfTheViewSayHowItOpens() {
        final Node node = Node.run("random-intercept-anova", "--input", Node.data("dyestuff"), "--view", "order=NAME",
            "--view", "scale=STANDARD_DEVIATIONS", "--view", "only=B\nC\nE", "--view", "topic=UNITS");
        open(node);
        assertEquals(List.of("B", "C", "E"), browser.labels().stream().filter(t -> t.matches("[A-F]")).toList());
        assertEquals(List.of("Standard deviations", "By name"), browser.texts("button[aria-pressed=true]"));
        final Node last = Node.run("random-intercept-anova", "--input", Node.data("dyestuff"), "--view",
            "topic=ASSUMPTIONS");
        open(last);
        assertEquals("Assumptions", browser.find("[aria-selected=true]").getText());
    }

    @Test
    void aSingularFitSaysWhatToWorryAbout() {
        open(Node.run("random-intercept-anova", "--input", Node.data("dyestuff2")));
        assertTrue(browser.all(".worries li").size() >= 1);
        assertTrue(browser.all(".chart svg path").size() > 3);
    }

    enum Kind {
        FIRST
    }

    record Mark(String name, double[] values, Kind kind, Mark inner) {
        /** Not a component, so not written. */
        public int size() {
            return values.length;
        }
    }

    /** The platform writes what the page gets by Jackson; the report's writer promises the same. */
    @Test
    void jacksonWritesRecordsAsTheReportDoes() throws IOException {
        assertEquals("{\"name\":\"a\",\"values\":[1.0,\"NaN\",\"-Infinity\"],\"kind\":\"FIRST\",\"inner\":null}",
            new ObjectMapper().writeValueAsString(
                new Mark("a", new double[] {1, Double.NaN, Double.NEGATIVE_INFINITY}, Kind.FIRST, null)));
    }
}
