package dev.mixedmodels.headless;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads from a plugin.xml which nodes it registers. */
public final class NodeRegistrations {

    private static final String POINT = "org.knime.workbench.repository.nodes";

    private NodeRegistrations() {
    }

    /** The names of the factory classes, in order. */
    public static List<String> factoryClasses(final InputStream pluginXml) throws IOException {
        final List<String> names = new ArrayList<>();
        final NodeList extensions = parse(pluginXml).getElementsByTagName("extension");
        for (int i = 0; i < extensions.getLength(); i++) {
            final Element extension = (Element)extensions.item(i);
            if (POINT.equals(extension.getAttribute("point"))) {
                final NodeList nodes = extension.getElementsByTagName("node");
                for (int j = 0; j < nodes.getLength(); j++) {
                    names.add(((Element)nodes.item(j)).getAttribute("factory-class"));
                }
            }
        }
        return names;
    }

    private static Document parse(final InputStream in) throws IOException {
        try {
            final DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // throws at fatal errors and prints nothing
            return builder.parse(in);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("plugin.xml is not well-formed XML: " + e.getMessage(), e);
        }
    }
}
