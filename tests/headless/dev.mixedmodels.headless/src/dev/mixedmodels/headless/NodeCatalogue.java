package dev.mixedmodels.headless;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import org.knime.node.DefaultNodeFactory;

import dev.mixedmodels.standin.definition.Definitions;
import dev.mixedmodels.standin.run.NodeDescription;

/** Nodes by their id on the command line: the name in lower case with hyphens. */
public final class NodeCatalogue {

    private final Map<String, DefaultNodeFactory> nodes = new TreeMap<>();

    /**
     * Adds a node.
     *
     * @throws IllegalStateException when the class cannot be loaded or does not make a node
     */
    public void add(final String className, final Callable<Class<? extends DefaultNodeFactory>> loader) {
        final DefaultNodeFactory factory;
        try {
            factory = loader.call().getConstructor().newInstance();
            factory.init();
        } catch (Exception e) {
            throw new IllegalStateException("Node factory " + className + " cannot be used: " + e.getMessage(), e);
        }
        nodes.put(NodeDescription.idOf(Definitions.of(factory).texts().name()), factory);
    }

    /** Factories by id, in alphabetical order. */
    public Map<String, DefaultNodeFactory> nodes() {
        return nodes;
    }

    /** @throws UsageException for an unknown id, naming those that there are */
    public DefaultNodeFactory get(final String id) throws UsageException {
        final DefaultNodeFactory factory = nodes.get(id);
        if (factory == null) {
            throw new UsageException("There is no node \"" + id + "\". The nodes are: "
                + String.join(", ", nodes.keySet()) + ".");
        }
        return factory;
    }
}
