package dev.mixedmodels.view;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium, driven by Debian's driver, one for all tests. */
final class Browser {
    private static final List<String> ARGUMENTS = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--hide-scrollbars", "--force-device-scale-factor=1",
        // whatever asks another machine fails, with a message of the console
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
    /** Said of the platform's own frame, not of the page. */
    private static final String FRAME = "An iframe which has both allow-scripts and allow-same-origin";

    private static Browser instance;

    final ChromeDriver driver;
    final Path downloads = Node.SCRATCH.resolve("downloads");

    private Browser() {
        try {
            Files.createDirectories(downloads);
            final ChromeOptions options = new ChromeOptions();
            options.setBinary(System.getProperty("chromium"));
            options.addArguments(ARGUMENTS);
            options.addArguments("--user-data-dir=" + Files.createTempDirectory("chromium"));
            options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString(),
                "download.prompt_for_download", false));
            final LoggingPreferences logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, Level.ALL);
            options.setCapability("goog:loggingPrefs", logs);
            driver = new ChromeDriver(new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(System.getProperty("chromedriver"))).usingAnyFreePort()
                .withLogFile(Node.SCRATCH.resolve("chromedriver.log").toFile()).build(), options);
            Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static synchronized Browser get() {
        if (instance == null) {
            instance = new Browser();
        }
        return instance;
    }

    void size(final int width, final int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void scheme(final String scheme) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Opens a page and waits until it shows something; a host page's frame becomes the current one. */
    void open(final String address) {
        driver.switchTo().defaultContent();
        driver.get("about:blank");
        messages();
        size(1000, 900);
        scheme("light");
        driver.get(address);
        if (address.endsWith("/host.html")) {
            driver.switchTo().frame(0);
        }
        until("return document.querySelector('h1') !== null");
    }

    void until(final String script) {
        new WebDriverWait(driver, Duration.ofSeconds(30), Duration.ofMillis(20))
            .until(d -> Boolean.TRUE.equals(((JavascriptExecutor) d).executeScript(script)));
    }

    Object js(final String script, final Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    WebElement find(final String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(final String css) {
        return driver.findElements(By.cssSelector(css));
    }

    List<String> texts(final String css) {
        return all(css).stream().map(WebElement::getText).toList();
    }

    /** Messages of the console since the page was opened. */
    List<String> messages() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage)
            .filter(m -> !m.contains(FRAME)).toList();
    }

    /** Addresses that the page has asked for, long ones cut. */
    @SuppressWarnings("unchecked")
    List<String> requests() {
        return (List<String>) js("return performance.getEntriesByType('resource').map(e => e.name.slice(0, 200))");
    }

    /** The rules of axe-core that the page breaks, with the elements that break them. */
    @SuppressWarnings("unchecked")
    List<String> accessibilityViolations() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            js(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return (List<String>) driver.executeAsyncScript("""
            const done = arguments[arguments.length - 1];
            axe.run(document).then(r => done(r.violations.map(v => v.id + ": " + v.help + " "
                + v.nodes.map(n => n.html.slice(0, 150)).slice(0, 3).join(" | "))), e => done([String(e)]));
            """);
    }

    /** Chooses a topic and a chart by its title. */
    void show(final String topic, final String title) {
        all("[role=tab]").stream().filter(t -> t.getText().equals(topic)).findFirst().orElseThrow().click();
        js("""
            const select = document.querySelector(".controls select");
            if (select) {
              select.value = [...select.options].find(o => o.textContent === arguments[0]).value;
              select.dispatchEvent(new Event("change"));
            }
            """, title);
        until("return document.querySelector('h2').textContent === " + quoted(title));
    }

    private static String quoted(final String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Where the marks of a symbol and a colour are, x and y of their centres, in the order in which they are drawn. */
    @SuppressWarnings("unchecked")
    List<List<Number>> marks(final String symbol, final String variable) {
        return (List<List<Number>>) js("""
            const start = { circle: "M1 0A1 1", diamond: "M0 -1L1 0" }[arguments[0]];
            const colour = getComputedStyle(document.documentElement).getPropertyValue("--" + arguments[1]).trim();
            return [...document.querySelectorAll(".chart svg path")]
              .filter(p => p.getAttribute("d").startsWith(start) && (p.getAttribute("transform") || "").startsWith("matrix")
                && (p.getAttribute("fill") === colour || p.getAttribute("stroke") === colour))
              .map(p => p.getAttribute("transform").match(/-?[\\d.e]+/g).slice(4).map(Number));
            """, symbol, variable);
    }

    /** Texts in the drawing. */
    @SuppressWarnings("unchecked")
    List<String> labels() {
        return (List<String>) js("return [...document.querySelectorAll('.chart svg text')].map(t => t.textContent)");
    }
}
