package dev.mixedmodels.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.xml.sax.InputSource;

/** What is drawn, read off the SVG of the report file and held against the output tables. */
class ChartTest {
    private final Browser browser = Browser.get();

    private void open(final Node node) {
        browser.open(node.report().toUri().toString());
        browser.until("return document.querySelector('.chart svg') !== null");
    }

    /** Pixels must be a linear function of values; rounding to a hundredth of a pixel is all that is lost. */
    private static void assertLinear(final double[] values, final double[] pixels) {
        assertEquals(values.length, pixels.length);
        final double slope = (pixels[values.length - 1] - pixels[0]) / (values[values.length - 1] - values[0]);
        for (int i = 0; i < values.length; i++) {
            assertEquals(pixels[0] + slope * (values[i] - values[0]), pixels[i], 0.05, "mark " + i);
        }
        assertNotEquals(0, slope);
    }

    private static double[] at(final List<List<Number>> marks, final int coordinate) {
        return marks.stream().mapToDouble(m -> m.get(coordinate).doubleValue()).toArray();
    }

    private static Integer[] order(final double[] values) {
        final Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        return order;
    }

    @Test
    void caterpillarStandsWhereTheTableSaysInTheOrderOfSize() {
        final Node node = Node.anova();
        open(node);
        final double[] coefficients = node.column("3-blups", "Coefficient");
        final List<List<Number>> marks = browser.marks("circle", "series-1");
        assertLinear(Arrays.stream(coefficients).sorted().toArray(), at(marks, 0));
        final double[] rows = at(marks, 1);
        for (int i = 1; i < rows.length; i++) {
            assertTrue(rows[i] < rows[i - 1], "ascending from below");
        }
        final double[] raw = new double[coefficients.length];
        final double[] blups = node.column("3-blups", "BLUP");
        final double[] reliability = node.column("3-blups", "Reliability");
        Arrays.setAll(raw, i -> coefficients[i] - blups[i] + blups[i] / reliability[i]);
        assertLinear(Arrays.stream(raw).sorted().toArray(), at(browser.marks("diamond", "series-2"), 0));
        final List<String> levels = node.texts("3-blups", "Level");
        final List<String> expected = Arrays.stream(order(coefficients)).map(levels::get).toList();
        final List<String> drawn = browser.labels().stream().filter(levels::contains).toList();
        assertEquals(expected, drawn);
        assertTrue(browser.labels().containsAll(List.of("Yield", "Batch", "Raw mean", "Shrunken mean")));
    }

    @Test
    void residualsStandWhereTheTableSays() {
        final Node node = Node.longitudinal();
        open(node);
        browser.show("Assumptions", "Residuals against fitted values");
        final double[] residual = node.column("6-fitted-values", "Residual");
        final double[] fitted = node.column("6-fitted-values", "Fitted (conditional)");
        final Integer[] order = order(residual);
        final List<List<Number>> marks = browser.marks("circle", "series-1");
        assertEquals(180, marks.size());
        assertLinear(Arrays.stream(order).mapToDouble(i -> residual[i]).toArray(), at(marks, 1));
        assertLinear(Arrays.stream(order).mapToDouble(i -> fitted[i]).toArray(), at(marks, 0));
    }

    @Test
    void coursesShowEverySubjectOnceWithItsObservationsOverPages() {
        open(Node.longitudinal());
        int marks = browser.marks("circle", "series-2").size();
        assertEquals(150, marks); // 15 subjects of ten days
        browser.find("button[aria-label='Next page']").click();
        marks += browser.marks("circle", "series-2").size();
        assertEquals(180, marks);
        assertEquals("2 of 2", browser.find("button[aria-label='Previous page'] + button").getText());
        browser.find("[data-key=together]").click();
        assertEquals(180, browser.marks("circle", "series-2").size());
    }

    @Test
    void meansOfTheArmsStandOverTheVisits() {
        final Node node = Node.marginal();
        open(node);
        browser.show("Means", "Least-squares means of arm at visit");
        final var chart = node.chart("means: arm at visit");
        final double[] estimates = new double[5];
        Arrays.setAll(estimates, i -> chart.get("columns").get(2).get("numbers").get(i).asDouble());
        final List<String> series = new java.util.ArrayList<>();
        chart.get("columns").get(0).get("texts").forEach(t -> series.add(t.asText()));
        final double[] first = IntStream.range(0, 10).filter(i -> series.get(i).equals(series.get(0)))
            .mapToDouble(i -> chart.get("columns").get(2).get("numbers").get(i).asDouble()).toArray();
        assertLinear(first, at(browser.marks("circle", "series-1"), 1));
        assertTrue(browser.labels().containsAll(List.of("1", "2", "3", "4", "5", "visit", "y", "act", "pbo")));
    }

    @Test
    void correlationsAreWrittenIntoTheirCells() {
        final Node node = Node.longitudinal();
        open(node);
        browser.show("Variances", "Correlation of the rows of Subject 308");
        final double[] correlation = node.column("4-covariance-matrices", "Correlation");
        final List<String> matrix = node.texts("4-covariance-matrices", "Matrix");
        final List<String> expected = IntStream.range(0, matrix.size()).filter(i -> matrix.get(i).equals("V"))
            .mapToObj(i -> String.format(java.util.Locale.ROOT, "%.2f", correlation[i])).sorted().toList();
        assertEquals(expected, browser.labels().stream().filter(t -> t.matches("\\d\\.\\d\\d")).sorted().toList());
    }

    @Test
    void pointingAtAMarkShowsItsNumbers() {
        open(Node.anova());
        final List<List<Number>> marks = browser.marks("circle", "series-1");
        point(marks.get(5));
        browser.until("return document.querySelector('.tip') !== null && document.querySelector('.tip').innerText.includes('E')");
        final String tip = browser.find(".tip").getText();
        assertTrue(tip.contains("Batch E"), tip);
        assertTrue(tip.contains("Raw mean 1600"), tip);
        assertTrue(tip.contains("N 5"), tip);
    }

    private void point(final List<Number> mark) {
        final var box = browser.find(".chart svg").getRect();
        new Actions(browser.driver).moveToElement(browser.find(".chart"),
            (int) Math.round(mark.get(0).doubleValue() - box.getWidth() / 2.0),
            (int) Math.round(mark.get(1).doubleValue() - box.getHeight() / 2.0)).perform();
    }

    @Test
    void everythingCanBeDoneFromTheKeyboard() {
        open(Node.anova());
        browser.js("document.querySelector('[role=tab][aria-selected=true]').focus()");
        new Actions(browser.driver).sendKeys(Keys.ARROW_RIGHT).perform();
        assertEquals("Variances", browser.find("[aria-selected=true]").getText());
        assertEquals("Split of the variance", browser.find("h2").getText());
        new Actions(browser.driver).sendKeys(Keys.ARROW_LEFT).perform();
        for (int i = 0; i < 20 && !"chart".equals(browser.driver.switchTo().activeElement().getAttribute("class")); i++) {
            new Actions(browser.driver).sendKeys(Keys.TAB).perform();
        }
        assertEquals("chart", browser.driver.switchTo().activeElement().getAttribute("class"));
        new Actions(browser.driver).sendKeys(Keys.ARROW_RIGHT).perform();
        assertTrue(said().startsWith("Batch F, Raw mean 1470"), said());
        assertTrue(browser.find(".tip").getText().contains("Batch F"));
        new Actions(browser.driver).sendKeys(Keys.ARROW_RIGHT).perform();
        assertTrue(said().startsWith("Batch D"), said());
        new Actions(browser.driver).sendKeys(Keys.END).perform();
        assertTrue(said().startsWith("Batch E"), said());
    }

    private String said() {
        return (String) browser.js("return document.querySelector('[aria-live]').textContent");
    }

    @Test
    void theTableBehindAChartEqualsTheOutputTableToTheDigitsShown() {
        final Node node = Node.longitudinal();
        open(node);
        browser.show("Units", "Days by Subject");
        browser.find(".actions button").click();
        final double[] blup = IntStream.range(0, 36).filter(i -> node.texts("3-blups", "Effect").get(i).equals("Days"))
            .mapToDouble(i -> node.column("3-blups", "BLUP")[i]).sorted().toArray();
        final List<String> shown = browser.texts(".table tbody td:nth-child(2)");
        assertEquals(18, shown.size());
        for (int i = 0; i < 18; i++) {
            final double value = Double.parseDouble(shown.get(i).replace('\u2212', '-'));
            assertEquals(blup[i], value, 5e-4 * Math.abs(blup[i]), shown.get(i));
        }
        assertEquals("BLUP", browser.find(".table th:nth-child(2)").getText());
    }

    @Test
    void orderSearchAndScaleChangeWhatIsDrawn() {
        final Node node = Node.anova();
        open(node);
        browser.find("[data-key=NAME]").click();
        assertEquals(List.of("A", "B", "C", "D", "E", "F"),
            browser.labels().stream().filter(t -> t.matches("[A-F]")).toList());
        browser.find("[data-key=STANDARD_DEVIATIONS]").click();
        assertTrue(browser.labels().contains("Yield, in residual standard deviations"), browser.labels().toString());
        final double[] coefficients = node.column("3-blups", "Coefficient");
        assertLinear(coefficients, at(browser.marks("circle", "series-1"), 0)); // BLUPs stand in the order of names
        browser.find("input[type=search]").sendKeys("c");
        assertEquals(1, browser.marks("circle", "series-1").size());
        browser.find("input[type=search]").sendKeys("x");
        assertTrue(browser.find("h2 + p").getText().contains("None of the names"), browser.find("h2 + p").getText());
    }

    @Test
    void chartsAreSavedAsSvgAndPng() throws Exception {
        open(Node.anova());
        final Path svg = save("Save as SVG", "random-intercept-anova-means-of-batch.svg");
        final var xml = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(Files.readString(svg))));
        assertEquals("svg", xml.getDocumentElement().getTagName());
        final String words = xml.getDocumentElement().getTextContent();
        assertTrue(words.contains("Means of Batch") && words.contains("Yield"), words);
        assertFalse(Files.readString(svg).contains("<script"));
        final Path png = save("Save as PNG", "random-intercept-anova-means-of-batch.png");
        final var image = ImageIO.read(png.toFile());
        assertEquals(2000, image.getWidth());
        assertTrue(image.getHeight() > 400);
        assertTrue(IntStream.range(0, image.getWidth()).map(x -> image.getRGB(x, image.getHeight() / 2)).distinct().count() > 3);
        assertEquals(List.of(), browser.messages());
    }

    private Path save(final String button, final String name) throws IOException {
        final Path file = browser.downloads.resolve(name);
        Files.deleteIfExists(file);
        browser.find("button[aria-label='" + button + "']").click();
        new org.openqa.selenium.support.ui.WebDriverWait(browser.driver, java.time.Duration.ofSeconds(20))
            .until(d -> Files.exists(file) && file.toFile().length() > 0);
        return file;
    }
}
