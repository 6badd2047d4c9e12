package dev.mixedmodels.spark;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The XML in which KNIME stores groups of values: here maps from keys to texts, lists of texts and groups. */
final class ConfigXml {
    private static final String NAMESPACE = "http://www.knime.org/2008/09/XMLConfig";
    private static final String SIZE = "array-size";
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f]");
    private static final Pattern ESCAPED = Pattern.compile("%%(\\d{5})");

    private ConfigXml() {
    }

    /** A group as a document. */
    static String write(final Map<String, ?> group) {
        final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<config xmlns=\"")
            .append(NAMESPACE).append("\" key=\"content.xml\">\n");
        append(xml, group, "    ");
        return xml.append("</config>\n").toString();
    }

    private static void append(final StringBuilder xml, final Map<?, ?> group, final String indent) {
        group.forEach((key, value) -> {
            if (value instanceof String text) {
                entry(xml, indent, key.toString(), "xstring", escape(text));
                return;
            }
            xml.append(indent).append("<config key=\"").append(key).append("\">\n");
            if (value instanceof List<?> list) {
                entry(xml, indent + "    ", SIZE, "xint", Integer.toString(list.size()));
                IntStream.range(0, list.size()).forEach(i -> entry(xml, indent + "    ", Integer.toString(i), "xstring",
                    escape(list.get(i).toString())));
            } else {
                append(xml, (Map<?, ?>) value, indent + "    ");
            }
            xml.append(indent).append("</config>\n");
        });
    }

    private static void entry(final StringBuilder xml, final String indent, final String key, final String type,
        final String value) {
        xml.append(indent).append("<entry key=\"").append(key).append("\" type=\"").append(type).append("\" value=\"")
            .append(value).append("\"/>\n");
    }

    private static String escape(final String text) {
        final String plain =
            text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
        return CONTROL.matcher(plain).replaceAll(found -> String.format("%%%%%05d", (int) found.group().charAt(0)));
    }

    /**
     * @param in a document, which is closed
     * @throws IOException if it is none of this kind
     */
    static Map<String, Object> read(final InputStream in) throws IOException {
        try (in) {
            final DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
            documents.setNamespaceAware(true);
            documents.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            final DocumentBuilder builder = documents.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // throws at fatal errors and prints nothing
            final Element root = builder.parse(in).getDocumentElement();
            if (!NAMESPACE.equals(root.getNamespaceURI())) {
                throw new IOException("it holds something else");
            }
            return group(root);
        } catch (final ParserConfigurationException | SAXException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Map<String, Object> group(final Element config) {
        final Map<String, Object> group = new LinkedHashMap<>();
        for (Node node = config.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                group.put(child.getAttribute("key"),
                    child.getLocalName().equals("config") ? value(group(child)) : unescape(child.getAttribute("value")));
            }
        }
        return group;
    }

    private static Object value(final Map<String, Object> group) {
        if (!group.containsKey(SIZE)) {
            return group;
        }
        group.remove(SIZE);
        return List.copyOf(group.values());
    }

    private static String unescape(final String text) {
        return ESCAPED.matcher(text).replaceAll(found -> {
            final char control = (char) Integer.parseInt(found.group(1));
            return control == '$' || control == '\\' ? "\\" + control : String.valueOf(control);
        });
    }
}
