package dev.mixedmodels.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mixedmodels.view.HostPage.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in the frame of a host that speaks the platform's protocol. */
class PageTest {
    private static final List<List<String>> TOPICS = List.of(List.of("UNITS", "Units"), List.of("MEANS", "Means"),
        List.of("VARIANCES", "Variances"), List.of("ASSUMPTIONS", "Assumptions"));

    /** axe looks at every cell, so only small tables are opened for it. */
    private static final int SMALL = 100;

    private static HostPage host;
    private final Browser browser = Browser.get();

    @BeforeAll
    static void start() throws IOException {
        host = new HostPage();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private void open(final Node node) {
        browser.open(host.with(Mode.CONFIG, "{\"result\": " + node.json() + "}"));
    }

    private void assertQuiet() {
        assertEquals(List.of(), browser.messages());
        for (final String request : browser.requests()) {
            assertTrue(request.startsWith("http://127.0.0.1"), request);
        }
    }

    private static String title(final JsonNode chart) {
        return TOPICS.stream().filter(t -> t.get(0).equals(chart.get("topic").asText())).findFirst().orElseThrow().get(1);
    }

    private static List<Node> nodes() {
        return Node.all().toList();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void everyChartOfEveryNodeIsDrawnWithoutAMessageOrARequest(final Node node) {
        open(node);
        final JsonNode picture = node.picture();
        assertEquals(picture.get("node").asText(), browser.find("h1").getText());
        assertEquals(picture.get("overview").get("sentence").asText(), browser.find("h1 + p").getText());
        assertEquals(picture.get("overview").get("figures").size(), browser.all(".figures li").size());
        assertEquals(picture.get("overview").get("concerns").size(), browser.all(".worries li").size());
        final List<String> titles = new ArrayList<>();
        for (final JsonNode chart : picture.get("charts")) {
            browser.show(title(chart), chart.get("title").asText());
            final String name = node.report() + " " + chart.get("id");
            assertTrue(browser.all(".chart svg path").size() > 3, name);
            assertTrue(browser.labels().size() > 1, name);
            assertEquals(Boolean.FALSE, browser.js("return document.documentElement.scrollWidth > innerWidth"), name);
            if (!chart.get("shown").asText().isEmpty()) {
                assertTrue(browser.find("h2 + p").getText().contains("Shown: " + chart.get("shown").asText() + "."), name);
            }
            titles.add(chart.get("title").asText());
        }
        assertFalse(titles.isEmpty());
        assertQuiet();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void axeFindsNothingInLightOrDark(final Node node) {
        open(node);
        for (final String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            if (node.picture().get("charts").get(0).get("columns").get(0).get("texts").size() <= SMALL) {
                browser.find(".actions button").click();
            }
            assertEquals(List.of(), browser.accessibilityViolations(), node.report() + " " + scheme);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void dataComeWithTheConfigurationOrOnAskingForThem(final Mode mode) {
        browser.open(host.with(mode, "{\"result\": " + Node.anova().json() + "}"));
        assertEquals("Random Intercept ANOVA", browser.find("h1").getText());
        browser.driver.switchTo().defaultContent();
        final List<?> asked = (List<?>) browser.js("return window.asked");
        assertEquals(mode == Mode.CONFIG
            ? List.of("UIExtensionRequest getConfig", "UIExtensionReady ")
            : List.of("UIExtensionRequest getConfig", "UIExtensionReady ", "UIExtensionRequest callNodeDataService"),
            asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"result\": null}", "{\"result\": {}}", "{\"result\": {\"picture\": {\"charts\": []}}}",
        "{\"result\": {\"picture\": null, \"problem\": \"Execute it.\"}}", "{\"result\": \"{\"}", "null",
        "{\"userError\": {\"message\": \"Something is wrong.\"}}", "{\"internalError\": {\"title\": \"Oh.\"}}"})
    void badDataShowASentence(final String answer) {
        browser.open(host.with(Mode.CALL, answer));
        final String sentence = browser.find("[role=alert]").getText();
        assertTrue(sentence.length() > 2 && sentence.endsWith("."), sentence);
        assertEquals(List.of(), browser.accessibilityViolations());
        assertQuiet();
    }

    @Test
    void aChartOfAKindThatThePageDoesNotKnowIsToldInASentenceAndShownAsATable() {
        final String json = Node.anova().json().replaceFirst("\"kind\": \"caterpillar\"", "\"kind\": \"hologram\"");
        browser.open(host.with(Mode.CALL, "{\"result\": " + json + "}"));
        assertTrue(browser.find("#panel [role=alert]").getText().contains("cannot draw this chart"));
        assertEquals(6, browser.all(".table tbody tr").size());
        assertQuiet();
    }

    @Test
    void aPictureWithoutChartsSaysSo() {
        final String json = Node.anova().json().replaceFirst("(?s)\"charts\": \\[.*]", "\"charts\": []");
        browser.open(host.with(Mode.CALL, "{\"result\": " + json + "}"));
        assertEquals("Random Intercept ANOVA", browser.find("h1").getText());
        assertTrue(browser.find("main").getText().contains("nothing to draw"));
        assertQuiet();
    }
}
