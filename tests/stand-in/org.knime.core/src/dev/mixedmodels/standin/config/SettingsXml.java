package dev.mixedmodels.standin.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Settings as the files of a workflow hold them: an XML of groups ("config") and typed values ("entry"). Here a group is
 * a map from keys to groups and to values of the types String (or null), Integer, Long, Double, Boolean and Character.
 */
public final class SettingsXml {

    private static final String NAMESPACE = "http://www.knime.org/2008/09/XMLConfig";

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f]");

    private static final Pattern ESCAPED = Pattern.compile("%%(\\d{5})");

    private SettingsXml() {
    }

    /** The outermost group of a file. @throws IOException also when the file is none of this kind */
    public static Map<String, Object> read(final Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            final Element root = root(in);
            if (!root.getAttribute("key").equals(file.getFileName().toString())) {
                throw new IOException("It is not a config of the file's own name.");
            }
            return group(root);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The outermost group of a stream, which is closed. @throws IOException also when it is none of this kind */
    public static Map<String, Object> read(final InputStream in) throws IOException {
        try (in) {
            return group(root(in));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Element root(final InputStream in) throws IOException {
        try {
            final var documents = DocumentBuilderFactory.newInstance();
            documents.setNamespaceAware(true);
            final DocumentBuilder builder = documents.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // throws at fatal errors and prints nothing
            final Element root = builder.parse(in).getDocumentElement();
            if (!root.getLocalName().equals("config") || !NAMESPACE.equals(root.getNamespaceURI())) {
                throw new IOException("It is not a config.");
            }
            return root;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Map<String, Object> group(final Element config) {
        final Map<String, Object> group = new LinkedHashMap<>();
        for (Node node = config.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                final String key = child.getAttribute("key");
                final Object value = switch (child.getLocalName()) {
                    case "config" -> group(child);
                    case "entry" -> value(child.getAttribute("type"), child.getAttribute("isnull").equals("true"),
                        unescape(child.getAttribute("value")));
                    default -> throw new IllegalArgumentException("Neither config nor entry: " + child.getLocalName());
                };
                if (group.containsKey(key)) {
                    throw new IllegalArgumentException("The key \"" + key + "\" is there twice.");
                }
                group.put(key, value);
            }
        }
        return group;
    }

    private static Object value(final String type, final boolean isNull, final String text) {
        return switch (type) {
            case "xstring" -> isNull ? null : text;
            case "xint" -> Integer.valueOf(text);
            case "xlong" -> Long.valueOf(text);
            case "xdouble" -> Double.valueOf(text);
            case "xboolean" -> switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("Neither true nor false: " + text);
            };
            case "xchar" -> text.charAt(0);
            default -> throw new IllegalArgumentException("Unknown type " + type);
        };
    }

    /** The text of a file, whose name is the outermost group's key. */
    public static String write(final String fileName, final Map<String, ?> root) {
        final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<config xmlns=\"").append(NAMESPACE).append("\" key=\"").append(escape(fileName)).append("\">\n");
        appendChildren(xml, root, "    ");
        return xml.append("</config>\n").toString();
    }

    private static void appendChildren(final StringBuilder xml, final Map<String, ?> group, final String indent) {
        for (Map.Entry<String, ?> child : group.entrySet()) {
            final String key = escape(child.getKey());
            if (child.getValue() instanceof Map<?, ?> map) {
                @SuppressWarnings("unchecked")
                final Map<String, ?> inner = (Map<String, ?>)map;
                xml.append(indent).append("<config key=\"").append(key).append('"');
                if (inner.isEmpty()) {
                    xml.append("/>\n");
                } else {
                    xml.append(">\n");
                    appendChildren(xml, inner, indent + "    ");
                    xml.append(indent).append("</config>\n");
                }
            } else {
                xml.append(indent).append("<entry key=\"").append(key).append("\" type=\"")
                    .append(type(child.getValue())).append(child.getValue() == null ? "\" isnull=\"true" : "")
                    .append("\" value=\"").append(child.getValue() == null ? "" : escape(child.getValue().toString()))
                    .append("\"/>\n");
            }
        }
    }

    private static String type(final Object value) {
        if (value == null || value instanceof String) {
            return "xstring";
        } else if (value instanceof Integer) {
            return "xint";
        } else if (value instanceof Long) {
            return "xlong";
        } else if (value instanceof Double) {
            return "xdouble";
        } else if (value instanceof Boolean) {
            return "xboolean";
        } else if (value instanceof Character) {
            return "xchar";
        }
        throw new IllegalArgumentException("Settings cannot hold a " + value.getClass().getName());
    }

    private static String escape(final String text) {
        final String plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
        return CONTROL.matcher(plain).replaceAll(found -> String.format("%%%%%05d", (int)found.group().charAt(0)));
    }

    private static String unescape(final String text) {
        return ESCAPED.matcher(text).replaceAll(found -> {
            final char control = (char)Integer.parseInt(found.group(1));
            return control == '$' || control == '\\' ? "\\" + control : String.valueOf(control);
        });
    }
}
