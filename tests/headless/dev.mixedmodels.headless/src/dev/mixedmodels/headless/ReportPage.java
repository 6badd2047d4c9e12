package dev.mixedmodels.headless;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.mixedmodels.standin.definition.PageDefinition;
import dev.mixedmodels.standin.settings.Json;

/**
 * A view's page with its modules and its data in one file, which opens from a disk. Modules stay as they are but for the
 * names by which they import each other: an import map leads from these to data URLs.
 */
final class ReportPage {

    private static final Pattern MODULE = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"></script>");

    private static final Pattern IMPORT = Pattern.compile("from \"\\./([^\"]+)\"");

    private ReportPage() {
    }

    /**
     * The report.
     *
     * @param data what the page gets, in a form that {@link Json} can write
     * @throws IllegalStateException when the page's files are not to be found
     */
    static String of(final PageDefinition page, final Object data) throws IOException {
        final Path folder = page.folder()
            .orElseThrow(() -> new IllegalStateException("The files of the view are not to be found."));
        final Map<String, Path> files = page.contents(folder);
        final Map<String, Object> modules = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (file.getKey().endsWith(".js")) {
                final String code = IMPORT.matcher(Files.readString(file.getValue())).replaceAll("from \"$1\"");
                modules.put(nameOf(file.getKey()), "data:text/javascript;base64,"
                    + Base64.getEncoder().encodeToString(code.getBytes(StandardCharsets.UTF_8)));
            }
        }
        final String html = Files.readString(files.get(page.file()));
        final Matcher start = MODULE.matcher(html);
        if (!start.find()) {
            throw new IllegalStateException("The page " + page.file() + " starts no module.");
        }
        final String map = Json.write(Map.of("imports", modules));
        final String main = "import \"" + nameOf(start.group(1)) + "\";";
        final String scripts = "<script type=\"application/json\" id=\"data\">" + inScript(Json.write(data))
            + "</script>\n<script type=\"importmap\">" + map + "</script>\n<script type=\"module\">" + main + "</script>";
        return (html.substring(0, start.start()) + scripts + html.substring(start.end()))
            .replace("script-src 'self'", "script-src " + hash(map) + " " + hash(main) + " data:");
    }

    private static String nameOf(final String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** JSON in which no text can end the script that holds it. */
    static String inScript(final String json) {
        return json.replace("<", "\\u003c");
    }

    /** What a content security policy names an inline script by. */
    private static String hash(final String script) {
        try {
            return "'sha256-" + Base64.getEncoder().encodeToString(
                MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8))) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
