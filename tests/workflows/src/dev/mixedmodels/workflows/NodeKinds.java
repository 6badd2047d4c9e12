package dev.mixedmodels.workflows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

import org.knime.node.DefaultNodeFactory;

import dev.mixedmodels.headless.NodeRegistrations;
import dev.mixedmodels.standin.run.NodeDescription;
import dev.mixedmodels.workflows.NodeKind.Bundle;

/** The kinds of nodes that workflows are made of: those of every installation, and ours. */
public final class NodeKinds {

    private static final String FEATURE = "dev.mixedmodels.feature.feature.group";

    private final Map<String, NodeKind> kinds = new LinkedHashMap<>();

    private final Map<String, Class<?>> factories = new LinkedHashMap<>();

    /**
     * @param root of the repository
     * @param plugin that finds the classes of our nodes
     */
    public NodeKinds(final Path root, final ClassLoader plugin) throws IOException {
        for (StandardNode node : StandardNode.all(root.resolve("tests/workflows/templates"))) {
            kinds.put(node.name(), node);
        }
        final Path folder = root.resolve("plugins/dev.mixedmodels.knime");
        final Bundle bundle = bundle(folder.resolve("META-INF/MANIFEST.MF"));
        try (InputStream in = Files.newInputStream(folder.resolve("plugin.xml"))) {
            for (String name : NodeRegistrations.factoryClasses(in)) {
                factories.put(name, plugin.loadClass(name));
                final MixedModelNode node = new MixedModelNode(factory(name), bundle);
                kinds.put(node.name(), node);
            }
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static Bundle bundle(final Path manifest) throws IOException {
        try (InputStream in = Files.newInputStream(manifest)) {
            final Attributes bundle = new Manifest(in).getMainAttributes();
            return new Bundle(bundle.getValue("Bundle-Name"),
                bundle.getValue("Bundle-SymbolicName").replaceFirst(";.*", ""), bundle.getValue("Bundle-Vendor"),
                bundle.getValue("Bundle-Version").replace(".qualifier", ""), FEATURE);
        }
    }

    NodeKind get(final String name) {
        if (!kinds.containsKey(name)) {
            throw new IllegalArgumentException("There is no node " + name + "; there are " + kinds.keySet() + ".");
        }
        return kinds.get(name);
    }

    /** Whether a factory makes one of our nodes. */
    public boolean isOurs(final String factory) {
        return factories.containsKey(factory);
    }

    /** The names of our nodes. */
    public List<String> ours() {
        return kinds.values().stream().filter(kind -> isOurs(kind.factory())).map(NodeKind::name).toList();
    }

    /** A new factory of the node whose name in lower case with hyphens is given. */
    public DefaultNodeFactory factoryOf(final String id) {
        return ours().stream().filter(name -> NodeDescription.idOf(name).equals(id)).findFirst()
            .map(name -> factory(get(name).factory()))
            .orElseThrow(() -> new IllegalArgumentException("There is no node " + id + "; there are " + ours() + "."));
    }

    /** A new factory of a class. */
    public DefaultNodeFactory factory(final String className) {
        try {
            return (DefaultNodeFactory)factories.get(className).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
