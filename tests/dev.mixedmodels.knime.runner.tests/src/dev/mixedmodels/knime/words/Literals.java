package dev.mixedmodels.knime.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts that stand in the sources of the engine and of the nodes. */
final class Literals {
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");
    private static final Pattern BLOCK = Pattern.compile("(?s)\"\"\"\\s*\n(.*?)\"\"\"");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]++|\\\\.)*+)\"");

    private Literals() {
    }

    /** Text blocks as literals of one line. */
    private static String withoutBlocks(final String code) {
        return BLOCK.matcher(code).replaceAll(block -> Matcher.quoteReplacement(
            '"' + block.group(1).strip().replaceAll("\\\\\n\\s*", "").replaceAll("\n\\s*", " ").replace("\\s", " ")
                .replace("\"", "\\\"") + '"'));
    }

    /** File and text, for every literal; texts that are put together of literals alone are one. */
    record Literal(String file, String text) {
    }

    static List<Literal> all() {
        final Path plugins = Path.of(System.getProperty("mixedmodels.tests")).resolve("../plugins");
        final List<Literal> found = new ArrayList<>();
        for (final String bundle : new String[] {"dev.mixedmodels.engine", "dev.mixedmodels.knime"}) {
            try (Stream<Path> files = Files.walk(plugins.resolve(bundle).resolve("src"))) {
                for (final Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    final String code = JOINED
                        .matcher(COMMENT.matcher(withoutBlocks(Files.readString(file))).replaceAll("")).replaceAll("");
                    final Matcher literal = LITERAL.matcher(code);
                    while (literal.find()) {
                        found.add(new Literal(file.getFileName().toString(), literal.group(1)));
                    }
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}
