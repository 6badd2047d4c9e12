package dev.mixedmodels.engine.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java source file as the architecture tests see it.
 *
 * @param file where it is
 * @param lines number of its lines
 * @param code its text without comments and literals
 */
record JavaSource(Path file, int lines, String code) {
    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
        "(?s)/\\*.*?\\*/|//[^\n]*|\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    /** A qualified name in lower case up to its first part that is not: a package, or a package and more. */
    private static final Pattern QUALIFIED = Pattern.compile("(?<![\\w.])[a-z]\\w*(?:\\s*\\.\\s*[a-z]\\w*)+(?!\\w)");

    static JavaSource read(final Path file) {
        try {
            final String text = Files.readString(file);
            return new JavaSource(file, (int)text.lines().count(), COMMENT_OR_LITERAL.matcher(text).replaceAll(" "));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All sources below a folder, except in what a build has put there. */
    static List<JavaSource> below(final Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                .filter(f -> !folder.relativize(f).startsWith("target"))
                .map(JavaSource::read).toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String packageName() {
        final var matcher = PACKAGE.matcher(code);
        if (!matcher.find()) {
            throw new IllegalStateException(file + " is in no package");
        }
        return matcher.group(1);
    }

    /** What the code names that may be a package: in imports, and where a type is written with its package. */
    Set<String> qualifiers() {
        final Set<String> found = new TreeSet<>();
        final var matcher = QUALIFIED.matcher(code);
        while (matcher.find()) {
            found.add(matcher.group().replaceAll("\\s", ""));
        }
        found.remove(packageName());
        return found;
    }
}
