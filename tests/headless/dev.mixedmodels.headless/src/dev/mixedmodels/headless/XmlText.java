package dev.mixedmodels.headless;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The text of an XML fragment as descriptions use it: paragraphs, headings, lists, sub- and superscripts. */
final class XmlText {

    private static final int WIDTH = 100;

    /** A blank at which no line breaks, in tables. */
    private static final char FIXED = '\u00a0';

    private static final Set<String> BLOCKS =
        Set.of("p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "br", "dt", "dd", "table");

    /** Blocks with an empty line between them. */
    private static final Set<String> SPACED = Set.of("p", "table");

    private static final Map<String, String> PREFIXES = Map.of("li", "- ", "sub", "_", "sup", "^");

    private final StringBuilder text = new StringBuilder();

    private XmlText() {
    }

    /** The text with one paragraph, heading or item a line, lines broken at blanks. */
    static String of(final String fragment) {
        final StringBuilder wrapped = new StringBuilder();
        plain(fragment).lines()
            .forEach(line -> wrapped.append(wrap(line, "", line.startsWith("- ") ? "  " : "")).append('\n'));
        return wrapped.toString().strip().replace(FIXED, ' ');
    }

    /** The text in a single line. */
    static String line(final String fragment) {
        return plain(fragment).replace(FIXED, ' ').replaceAll("\\s+", " ").strip();
    }

    private static String plain(final String fragment) {
        final XmlText result = new XmlText();
        result.append(parse(fragment));
        return result.text.toString().strip();
    }

    private static Node parse(final String fragment) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader("<fragment>" + fragment + "</fragment>"))).getDocumentElement();
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalStateException("A description is not well-formed XML: " + e.getMessage(), e);
        }
    }

    private void append(final Node node) {
        if (node.getNodeType() == Node.TEXT_NODE) {
            final String words = node.getTextContent().replaceAll("\\s+", " ");
            final boolean atStart = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
            text.append(atStart ? words.stripLeading() : words);
            return;
        }
        final boolean block = BLOCKS.contains(node.getNodeName());
        breakLine(block);
        if (SPACED.contains(node.getNodeName()) && followsBlock(node)) {
            text.append('\n');
        }
        if (node.getNodeName().equals("table")) {
            table(node);
            return;
        }
        if (node.getNodeName().matches("h[1-4]")) {
            text.append('\n');
        }
        text.append(PREFIXES.getOrDefault(node.getNodeName(), ""));
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            append(child);
        }
        breakLine(block);
    }

    /** Whether the element before is a block of text too, and no heading. */
    private static boolean followsBlock(final Node node) {
        Node before = node.getPreviousSibling();
        while (before != null && before.getNodeType() != Node.ELEMENT_NODE) {
            before = before.getPreviousSibling();
        }
        return before != null && (SPACED.contains(before.getNodeName()) || before.getNodeName().equals("ul"));
    }

    private void breakLine(final boolean block) {
        if (block && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    /** Columns as wide as their longest cell, to the right, as numbers stand. */
    private void table(final Node table) {
        final List<List<String>> rows = new ArrayList<>();
        for (Node row = table.getFirstChild(); row != null; row = row.getNextSibling()) {
            if (row.getNodeName().equals("tr")) {
                final List<String> cells = new ArrayList<>();
                for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNextSibling()) {
                    if (cell.getNodeType() == Node.ELEMENT_NODE) {
                        cells.add(cell.getTextContent().strip());
                    }
                }
                rows.add(cells);
            }
        }
        for (List<String> cells : rows) {
            for (int i = 0; i < cells.size(); i++) {
                final int column = i;
                final int width = rows.stream().filter(r -> r.size() > column).mapToInt(r -> r.get(column).length()).max()
                    .orElse(0);
                text.append(String.valueOf(FIXED).repeat(2 + width - cells.get(i).length()))
                    .append(cells.get(i).replace(' ', FIXED));
            }
            text.append('\n');
        }
    }

    /** The line broken at blanks; the first part begins with one indentation, the others with another. */
    static String wrap(final String line, final String first, final String others) {
        final StringBuilder lines = new StringBuilder(first);
        int width = first.length();
        boolean empty = true;
        for (String word : line.split(" ")) {
            if (!empty && width + 1 + word.length() > WIDTH) {
                lines.append('\n').append(others);
                width = others.length();
            } else if (!empty) {
                lines.append(' ');
                width++;
            }
            lines.append(word);
            width += word.length();
            empty = false;
        }
        return lines.toString();
    }
}
