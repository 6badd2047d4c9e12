package org.knime.node;

import java.util.function.Function;

import org.knime.core.node.FluentNodeAPI;
import org.knime.core.node.NodeFactory.NodeType;

import dev.mixedmodels.standin.definition.NodeDefinition;
import dev.mixedmodels.standin.definition.NodeTexts;

/** A node described step by step: each step asks for one thing, so that a half described node does not compile. */
public final class DefaultNode implements FluentNodeAPI {

    private final NodeDefinition definition;

    private DefaultNode(final NodeDefinition definition) {
        this.definition = definition;
    }

    /** Starts a description. */
    public static RequireName create() {
        return name -> icon -> shortDescription -> fullDescription -> (major, minor, revision) -> groups -> {
            final PortList list = new PortList();
            groups.accept(list);
            final NodeTexts texts = new NodeTexts(name, icon, shortDescription, fullDescription,
                major + "." + minor + "." + revision);
            return model -> new DefaultNode(new NodeDefinition(texts, list.inputs(), list.outputs(),
                model.apply(parameters -> new DefaultModel.Stages(parameters)).definition()));
        };
    }

    /**
     * Adds the view.
     *
     * @throws IllegalStateException when there is one already
     */
    public DefaultNode addView(final Function<DefaultView.RequireViewParameters, DefaultView> view) {
        definition.setView(view.apply(DefaultView.create()).definition());
        return this;
    }

    /** Replaces the type that is otherwise guessed from the ports. */
    public DefaultNode nodeType(final NodeType nodeType) {
        definition.setType(nodeType.name());
        return this;
    }

    /** Words that also find the node. */
    public DefaultNode keywords(final String... keywords) {
        definition.setKeywords(keywords);
        return this;
    }

    /** Adds a link to the description. */
    public DefaultNode addExternalResource(final String href, final String description) {
        definition.addLink(href, description);
        return this;
    }

    NodeDefinition definition() {
        return definition;
    }

    /** Asks for the name. */
    public interface RequireName {
        RequireIcon name(String name);
    }

    /** Asks for the icon: a path from the factory's package, or from the bundle's root when it starts with a slash. */
    public interface RequireIcon {
        RequireShortDescription icon(String icon);
    }

    /** Asks for one sentence. */
    public interface RequireShortDescription {
        RequireFullDescription shortDescription(String shortDescription);
    }

    /** Asks for the description, a well-formed XML fragment. */
    public interface RequireFullDescription {
        RequireSinceVersion fullDescription(String fullDescription);
    }

    /** Asks for the version in which the node first appeared. */
    public interface RequireSinceVersion {
        RequirePorts sinceVersion(int major, int minor, int revision);
    }

    /** Asks for what the node does. */
    public interface RequireModel {
        DefaultNode model(Function<DefaultModel.RequireModelParameters, DefaultModel> model);
    }
}
