package dev.mixedmodels.engine.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.mixedmodels.engine.testing.TestData;

/** How the code hangs together, read off the sources of all bundles. */
final class ArchitectureTest {
    private static final int MAX_LINES = 300;

    private static final Path ROOT = TestData.folder().toAbsolutePath().normalize().getParent();

    @Test
    void engineNamesNothingButTheJdkAndCommonsMath() {
        final Set<String> strangers = sources("plugins/dev.mixedmodels.engine").stream()
            .flatMap(s -> s.qualifiers().stream())
            .filter(q -> q.matches("(org|com|net|javax|jdk|sun|java\\.awt|java\\.beans)\\..*"))
            .filter(q -> !q.startsWith("org.apache.commons.math3"))
            .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), strangers);
    }

    @ParameterizedTest
    @MethodSource("bundlesWithPackagesOfTheirOwn")
    void packagesHaveNoCycles(final String bundle) {
        assertEquals(Map.of(), cyclicPart(packageUses(sources(bundle))));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void noClassIsLong(final String bundle) {
        final List<String> tooLong = sources(bundle).stream()
            .filter(s -> s.lines() > MAX_LINES)
            .map(s -> s.lines() + " lines: " + ROOT.relativize(s.file()))
            .toList();
        assertEquals(List.of(), tooLong);
    }

    /** What no other bundle uses stays inside; what only benchmarks use is for them. */
    @Test
    void engineExportsWhatOthersUse() throws IOException {
        final Set<String> open = new TreeSet<>();
        final Set<String> friendly = new TreeSet<>();
        try (InputStream in = Files.newInputStream(ROOT.resolve("plugins/dev.mixedmodels.engine/META-INF/MANIFEST.MF"))) {
            for (final String export : new Manifest(in).getMainAttributes().getValue("Export-Package").split("\\s*,\\s*")) {
                (export.contains(";") ? friendly : open).add(export.replaceAll(";.*", ""));
            }
        }
        assertEquals(usedOfEngine("plugins/dev.mixedmodels.knime"), open, "Export-Package of the engine");
        final Set<String> benchmarks = usedOfEngine("tests/benchmarks");
        benchmarks.removeAll(open);
        benchmarks.removeAll(friendly);
        assertEquals(Set.of(), benchmarks, "to be exported to the benchmarks in the engine's META-INF/MANIFEST.MF");
    }

    private static Set<String> usedOfEngine(final String bundle) {
        return sources(bundle).stream().flatMap(s -> s.qualifiers().stream())
            .map(q -> q.replaceAll("(dev\\.mixedmodels\\.engine\\.[a-z]+).*", "$1"))
            .filter(q -> q.startsWith("dev.mixedmodels.engine.")).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The page of tolerances lists every constant up to 0.01, as it stands in the code. */
    @Test
    void tolerancesAreDocumented() throws IOException {
        final Set<String> code = new TreeSet<>();
        for (final JavaSource source : sources("plugins/dev.mixedmodels.engine")) {
            final String type = source.file().getFileName().toString().replace(".java", "");
            Pattern.compile("static final double ([A-Z_]+) = ([0-9.]+(?:e-?[0-9]+)?);")
                .matcher(Files.readString(source.file())).results()
                .filter(m -> Double.parseDouble(m.group(2)) > 0 && Double.parseDouble(m.group(2)) <= 0.01)
                .forEach(m -> code.add(type + " " + m.group(1) + " " + m.group(2)));
        }
        final Set<String> page = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| (\\S+) \\| .+ \\|$")
            .matcher(Files.readString(ROOT.resolve("plugins/dev.mixedmodels.engine/doc/tolerances.md"))).results()
            .map(m -> m.group(1) + " " + m.group(2) + " " + m.group(3)).collect(Collectors.toCollection(TreeSet::new));
        final Set<String> stale = new TreeSet<>(page);
        stale.removeAll(code);
        assertEquals(Set.of(), stale, "rows of the engine's doc/tolerances.md that the code has not (any more)");
        code.removeAll(page);
        assertEquals(Set.of(), code, "constants that need a row in the engine's doc/tolerances.md");
    }

    /** Pages of mathematics and classes point at one another. */
    @Test
    void pagesNameClassesThatExistAndAreNamedByThem() throws IOException {
        final Path bundle = ROOT.resolve("plugins/dev.mixedmodels.engine");
        final Set<String> classes = new TreeSet<>();
        final Set<String> named = new TreeSet<>(Set.of("README.md"));
        for (final JavaSource source : sources("plugins/dev.mixedmodels.engine")) {
            classes.add(source.file().getFileName().toString().replace(".java", ""));
            Pattern.compile("doc/([a-z-]+\\.md)").matcher(Files.readString(source.file())).results()
                .forEach(m -> named.add(m.group(1)));
        }
        final Set<String> pages = new TreeSet<>();
        try (Stream<Path> files = Files.list(bundle.resolve("doc"))) {
            for (final Path page : files.toList()) {
                pages.add(page.getFileName().toString());
                Pattern.compile("`([A-Z][a-z]\\w*)[`.]").matcher(Files.readString(page)).results().forEach(
                    m -> assertTrue(classes.contains(m.group(1)), () -> page + " names " + m.group(1)));
            }
        }
        assertEquals(pages, named);
    }

    @Test
    void aCycleWouldBeFound() {
        final Map<String, Set<String>> uses = Map.of("a", Set.of("b"), "b", Set.of("c", "d"), "c", Set.of("b"), "d",
            Set.of());
        // a only leads into the cycle, d only out of it
        assertEquals(Set.of("a", "b", "c"), cyclicPart(uses).keySet());
    }

    private static Stream<String> bundles() throws IOException {
        final Stream.Builder<String> found = Stream.builder();
        for (final String folder : List.of("plugins", "tests", "tests/stand-in", "tests/headless")) {
            if (Files.isDirectory(ROOT.resolve(folder))) {
                try (Stream<Path> children = Files.list(ROOT.resolve(folder))) {
                    children.filter(c -> Files.isDirectory(c.resolve("src")))
                        .map(c -> ROOT.relativize(c).toString().replace('\\', '/')).sorted().forEach(found);
                }
            }
        }
        return found.build();
    }

    /** The stand-in's packages are cut as the platform's are, and a test may look at any package of its host. */
    private static Stream<String> bundlesWithPackagesOfTheirOwn() throws IOException {
        return bundles().filter(b -> !b.startsWith("tests/stand-in") && !b.endsWith(".tests"));
    }

    private static List<JavaSource> sources(final String bundle) {
        final List<JavaSource> sources = JavaSource.below(ROOT.resolve(bundle).resolve("src"));
        assertTrue(!sources.isEmpty(), () -> "no sources in " + bundle);
        return sources;
    }

    /** Which of the given sources' packages names which other of them. */
    private static Map<String, Set<String>> packageUses(final List<JavaSource> sources) {
        final Map<String, Set<String>> uses = new TreeMap<>();
        sources.forEach(s -> uses.put(s.packageName(), new TreeSet<>()));
        for (final JavaSource source : sources) {
            final Set<String> used = new TreeSet<>(source.qualifiers());
            used.retainAll(uses.keySet());
            uses.get(source.packageName()).addAll(used);
        }
        return uses;
    }

    /** What remains when packages that use no remaining one are taken away until there are none: empty = no cycle. */
    private static Map<String, Set<String>> cyclicPart(final Map<String, Set<String>> uses) {
        final Map<String, Set<String>> remaining = new TreeMap<>(uses);
        while (remaining.values().removeIf(used -> used.stream().noneMatch(remaining::containsKey))) {
            // each removal may free others
        }
        return remaining;
    }
}
