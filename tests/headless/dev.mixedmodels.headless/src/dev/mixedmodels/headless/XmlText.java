package dev.mixedmodels.headless;

import java.io.IOException;
import java.io.StringReader;
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

    private static final Set<String> BLOCKS = Set.of("p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "br", "dt", "dd",
        "table", "tr");

    private static final Map<String, String> PREFIXES = Map.of("li", "- ", "sub", "_", "sup", "^");

    private final StringBuilder text = new StringBuilder();

    private XmlText() {
    }

    /** The text with one paragraph, heading or item a line, lines broken at blanks. */
    static String of(final String fragment) {
        final StringBuilder wrapped = new StringBuilder();
        plain(fragment).lines().forEach(line -> wrap(line, wrapped));
        return wrapped.toString().strip();
    }

    /** The text in a single line. */
    static String line(final String fragment) {
        return plain(fragment).replaceAll("\\s+", " ").strip();
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
        if (node.getNodeName().matches("h[1-4]")) {
            text.append('\n');
        }
        text.append(PREFIXES.getOrDefault(node.getNodeName(), ""));
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            append(child);
        }
        breakLine(block);
    }

    private void breakLine(final boolean block) {
        if (block && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    private static void wrap(final String line, final StringBuilder into) {
        final String indent = line.startsWith("- ") ? "  " : "";
        int width = 0;
        for (String word : line.split(" ")) {
            if (width > 0 && width + 1 + word.length() > WIDTH) {
                into.append('\n').append(indent);
                width = indent.length();
            } else if (width > 0) {
                into.append(' ');
                width++;
            }
            into.append(word);
            width += word.length();
        }
        into.append('\n');
    }
}
