package dev.mixedmodels.headless;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;

import org.knime.node.DefaultNodeFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The nodes of all bundles in the framework that register some in their plugin.xml. */
final class InstalledNodes {

    private InstalledNodes() {
    }

    static NodeCatalogue of(final BundleContext framework) {
        final NodeCatalogue catalogue = new NodeCatalogue();
        for (Bundle bundle : framework.getBundles()) {
            final boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
            final URL pluginXml = fragment ? null : bundle.getEntry("plugin.xml");
            if (pluginXml != null) {
                try (InputStream in = pluginXml.openStream()) {
                    for (String name : NodeRegistrations.factoryClasses(in)) {
                        catalogue.add(name, () -> bundle.loadClass(name).asSubclass(DefaultNodeFactory.class));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException("plugin.xml of " + bundle.getSymbolicName(), e);
                }
            }
        }
        return catalogue;
    }
}
