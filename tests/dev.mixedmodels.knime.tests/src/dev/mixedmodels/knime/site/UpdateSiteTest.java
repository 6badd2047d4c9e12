package dev.mixedmodels.knime.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What a user installs: our feature, its sources, and no part of the stand-in or of the tests. */
final class UpdateSiteTest {
    private static final Path ROOT = Path.of(System.getProperty("mixedmodels.tests")).resolve("..").normalize();
    private static final Path SITE = ROOT.resolve("update-site/target/repository");

    /** A qualifier from git: v and the minute of a commit. */
    private static final Pattern FILE_NAME = Pattern.compile("(.+)_(\\d+\\.\\d+\\.\\d+\\.v\\d{12}|3\\.6\\.1)\\.jar");

    @Test
    void featuresAreOursAndItsSources() {
        assertEquals(Set.of("dev.mixedmodels.feature", "dev.mixedmodels.feature.source"), names("features"));
    }

    @Test
    void bundlesAreOursWithTheirSourcesAndCommonsMath() {
        assertEquals(Set.of("dev.mixedmodels.engine", "dev.mixedmodels.engine.source", "dev.mixedmodels.knime",
            "dev.mixedmodels.knime.source", "org.apache.commons.math3"), names("plugins"));
    }

    @Test
    void metadataKnowsNothingElse() throws Exception {
        final Set<String> units = new TreeSet<>();
        try (JarFile content = new JarFile(SITE.resolve("content.jar").toFile());
             InputStream in = content.getInputStream(content.getEntry("content.xml"))) {
            for (final Element unit : elements(parse(in), "unit")) {
                units.add(unit.getAttribute("id"));
            }
        }
        final Set<String> expected = new TreeSet<>(names("plugins"));
        for (final String feature : names("features")) {
            expected.add(feature + ".feature.group");
            expected.add(feature + ".feature.jar");
        }
        units.removeIf(u -> u.endsWith(".dev.mixedmodels.category"));
        assertEquals(expected, units);
    }

    @Test
    void ourBundlesHoldOurClassesOnlyAndNoTests() {
        final Set<String> tests = testSources();
        for (final Path jar : jars("plugins")) {
            if (name(jar).startsWith("dev.mixedmodels")) {
                final String folder = name(jar).replace(".source", "").replace('.', '/') + "/";
                for (final String entry : entries(jar)) {
                    if (entry.endsWith(".class") || entry.endsWith(".java")) {
                        assertTrue(entry.startsWith(folder), () -> jar + " holds " + entry);
                        final String type = entry.replaceFirst("([$][^/]*)?\\.(class|java)$", "");
                        assertFalse(tests.contains(type), () -> jar + " holds the test " + entry);
                    }
                }
            }
        }
    }

    @Test
    void noJarNamesTheMachineryOfTheBuild() {
        for (final String folder : List.of("features", "plugins")) {
            for (final Path jar : jars(folder)) {
                if (name(jar).startsWith("dev.mixedmodels")) {
                    assertFalse(entries(jar).stream().anyMatch(e -> e.startsWith("META-INF/maven")), jar::toString);
                }
            }
        }
    }

    @Test
    void featureSaysWhatItIsAndWhoseAndUnderWhichLicence() throws Exception {
        final Path jar = jar("features", "dev.mixedmodels.feature");
        try (JarFile feature = new JarFile(jar.toFile());
             InputStream in = feature.getInputStream(feature.getEntry("feature.xml"))) {
            final Document xml = parse(in);
            final Element root = xml.getDocumentElement();
            assertEquals("Mixed Models for KNIME", root.getAttribute("label"));
            assertFalse(root.getAttribute("provider-name").isBlank());
            assertFalse(elements(xml, "description").get(0).getTextContent().isBlank());
            assertTrue(elements(xml, "license").get(0).getTextContent().contains("Apache License, Version 2.0"));
            assertEquals(Files.readString(ROOT.resolve("LICENSE")), text(jar, "LICENSE"));
        }
    }

    @Test
    void featureHoldsTheLicencesOfWhatItBringsAndIsNotOurs() throws Exception {
        final Path feature = jar("features", "dev.mixedmodels.feature");
        final Path mathematics = jar("plugins", "org.apache.commons.math3");
        final Path nodes = jar("plugins", "dev.mixedmodels.knime");
        for (final String file : List.of("LICENSE.txt", "NOTICE.txt")) {
            assertEquals(text(mathematics, "META-INF/" + file), text(feature, "licenses/commons-math/" + file));
        }
        for (final String file : List.of("LICENSE", "NOTICE", "licenses/LICENSE-d3")) {
            assertEquals(text(nodes, "view/licenses/echarts/" + file), text(feature, "licenses/echarts/" + file));
        }
        final String copyright = text(feature, "feature.xml");
        for (final String whose : List.of("Apache Commons Math", "Apache ECharts", "d3.js", "Orekit")) {
            assertTrue(copyright.contains(whose), whose);
        }
    }

    private static Path jar(final String folder, final String name) {
        return jars(folder).stream().filter(jar -> name(jar).equals(name)).findFirst().orElseThrow();
    }

    private static String text(final Path jar, final String entry) throws IOException {
        try (JarFile file = new JarFile(jar.toFile()); InputStream in = file.getInputStream(file.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> names(final String folder) {
        return jars(folder).stream().map(UpdateSiteTest::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The types below tests/, in the form dev/mixedmodels/.../Type. */
    private static Set<String> testSources() {
        final Pattern source = Pattern.compile(".*/src/(.*)\\.java");
        try (Stream<Path> files = Files.walk(ROOT.resolve("tests"))) {
            final Set<String> found = files.map(f -> source.matcher(f.toString().replace('\\', '/')))
                .filter(Matcher::matches).map(m -> m.group(1)).collect(Collectors.toSet());
            assertFalse(found.isEmpty());
            return found;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> jars(final String folder) {
        try (Stream<Path> files = Files.list(SITE.resolve(folder))) {
            return files.sorted().toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's name without its version, or all of it where that is not a release with a qualifier from git. */
    private static String name(final Path jar) {
        final var matcher = FILE_NAME.matcher(jar.getFileName().toString());
        return matcher.matches() ? matcher.group(1) : jar.getFileName().toString();
    }

    private static List<String> entries(final Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(Object::toString).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document parse(final InputStream in) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }

    private static List<Element> elements(final Document xml, final String tag) {
        final var nodes = xml.getElementsByTagName(tag);
        return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1).map(i -> (Element)nodes.item(i)).toList();
    }
}
