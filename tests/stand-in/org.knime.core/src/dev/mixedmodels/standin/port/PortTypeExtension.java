package dev.mixedmodels.standin.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;
import org.osgi.framework.Bundle;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * One port type as a plugin.xml registers it: from the framework's extension registry or, where there is no framework,
 * from the files plugin.xml on the class path.
 */
public final class PortTypeExtension {

    private static final String POINT = "org.knime.core.PortType";

    /** Loads a class of the bundle that registers the type. */
    @FunctionalInterface
    private interface Loader {
        Class<?> load(String name) throws ClassNotFoundException;
    }

    private final Function<String, String> attributes;

    private final Loader loader;

    private PortTypeExtension(final Function<String, String> attributes, final Loader loader) {
        this.attributes = attributes;
        this.loader = loader;
    }

    /** All registered types by the name of the class of their data. */
    public static Map<String, PortTypeExtension> all() {
        final Map<String, PortTypeExtension> all = new LinkedHashMap<>();
        if (!Platform.isRunning()) {
            ofClassPath(all);
            return all;
        }
        for (IConfigurationElement element : Platform.getExtensionRegistry().getConfigurationElementsFor(POINT)) {
            final Bundle bundle = Platform.getBundle(element.getContributor().getName());
            all.put(element.getAttribute("objectClass"),
                new PortTypeExtension(element::getAttribute, bundle::loadClass));
        }
        return all;
    }

    private static void ofClassPath(final Map<String, PortTypeExtension> all) {
        final ClassLoader classes = PortTypeExtension.class.getClassLoader();
        try {
            for (URL file : Collections.list(classes.getResources("plugin.xml"))) {
                try (InputStream in = file.openStream()) {
                    final NodeList types = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in)
                        .getElementsByTagName("portType");
                    for (int i = 0; i < types.getLength(); i++) {
                        final Element type = (Element)types.item(i);
                        all.put(type.getAttribute("objectClass"),
                            new PortTypeExtension(type::getAttribute, classes::loadClass));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("plugin.xml", e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("plugin.xml is not well-formed XML: " + e.getMessage(), e);
        }
    }

    public String name() {
        return attributes.apply("name");
    }

    /** As 0xRRGGBB. */
    public int color() {
        return Integer.decode(attributes.apply("color"));
    }

    public Class<? extends PortObject> objectClass() {
        return load("objectClass").asSubclass(PortObject.class);
    }

    public Class<? extends PortObjectSpec> specClass() {
        return load("specClass").asSubclass(PortObjectSpec.class);
    }

    public String specClassName() {
        return attributes.apply("specClass");
    }

    public PortObjectSerializer<?> objectSerializer() {
        return (PortObjectSerializer<?>)make("objectSerializer");
    }

    public PortObjectSpecSerializer<?> specSerializer() {
        return (PortObjectSpecSerializer<?>)make("specSerializer");
    }

    private Class<?> load(final String attribute) {
        try {
            return loader.load(attributes.apply(attribute));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The port type \"" + name() + "\" names no class as " + attribute + ".", e);
        }
    }

    private Object make(final String attribute) {
        try {
            return load(attribute).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The " + attribute + " of the port type \"" + name()
                + "\" needs a public constructor without arguments.", e);
        }
    }
}
