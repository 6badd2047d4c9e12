package org.knime.node;

import java.net.URL;

import org.knime.core.node.ConfigurableNodeFactory;
import org.knime.core.node.NodeModel;

import dev.mixedmodels.standin.definition.Definitions;
import dev.mixedmodels.standin.definition.DescriptionCheck;
import dev.mixedmodels.standin.definition.NodeDefinition;

/** The factory of a described node; needs a public constructor without arguments. */
public abstract class DefaultNodeFactory extends ConfigurableNodeFactory<NodeModel> {

    private final NodeDefinition definition;

    protected DefaultNodeFactory(final DefaultNode node) {
        definition = node.definition();
        Definitions.register(this, definition);
    }

    /** @throws IllegalStateException when a description is not well-formed or two ports share a name */
    @Override
    public final void init() {
        DescriptionCheck.check(definition);
    }

    @Override
    public final NodeType getType() {
        return NodeType.valueOf(definition.type());
    }

    /** The icon, or null when there is none at its path. */
    @Override
    public final URL getIcon() {
        return getClass().getResource(definition.texts().icon());
    }

    @Override
    public final String getInportName(final int index) {
        return definition.inputs().get(index).name();
    }

    @Override
    public final String getOutportName(final int index) {
        return definition.outputs().get(index).name();
    }
}
