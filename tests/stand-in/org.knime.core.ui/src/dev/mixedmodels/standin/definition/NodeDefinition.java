package dev.mixedmodels.standin.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that a fluent description has gathered. */
public final class NodeDefinition {

    private final NodeTexts texts;

    private final List<Port> inputs;

    private final List<Port> outputs;

    private final ModelDefinition model;

    private final Map<String, String> links = new LinkedHashMap<>();

    private ViewDefinition view;

    private String type;

    private List<String> keywords = List.of();

    public NodeDefinition(final NodeTexts texts, final List<Port> inputs, final List<Port> outputs,
        final ModelDefinition model) {
        this.texts = texts;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.model = model;
        type = inputs.isEmpty() ? "Source" : outputs.isEmpty() ? "Sink" : "Manipulator";
    }

    public NodeTexts texts() {
        return texts;
    }

    public List<Port> inputs() {
        return inputs;
    }

    public List<Port> outputs() {
        return outputs;
    }

    public ModelDefinition model() {
        return model;
    }

    /** The view; empty for a node without. */
    public Optional<ViewDefinition> view() {
        return Optional.ofNullable(view);
    }

    /** @throws IllegalStateException when there is one already */
    public void setView(final ViewDefinition view) {
        if (this.view != null) {
            throw new IllegalStateException("There is a view already.");
        }
        this.view = view;
    }

    public String type() {
        return type;
    }

    public void setType(final String type) {
        this.type = type;
    }

    public List<String> keywords() {
        return keywords;
    }

    public void setKeywords(final String... keywords) {
        this.keywords = List.of(keywords);
    }

    /** Descriptions by address. */
    public Map<String, String> links() {
        return links;
    }

    public void addLink(final String href, final String description) {
        links.put(href, description);
    }
}
