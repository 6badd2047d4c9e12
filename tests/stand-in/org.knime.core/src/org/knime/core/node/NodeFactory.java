package org.knime.core.node;

import java.net.URL;

/**
 * Makes nodes of one kind.
 *
 * @param <T> the model that it makes
 */
public abstract class NodeFactory<T extends NodeModel> {

    protected NodeFactory() {
    }

    /** Checks and completes the description, once, before the node is offered. */
    public void init() {
    }

    public abstract NodeType getType();

    public abstract URL getIcon();

    public abstract String getInportName(int index);

    public abstract String getOutportName(int index);

    /** The role of a node in a workflow, which also colours it. */
    public enum NodeType {
        Source, Sink, Learner, Predictor, Manipulator, Visualizer, Widget, Meta, LoopStart, LoopEnd, ScopeStart,
        ScopeEnd, QuickForm, Configuration, Other, Missing, Unknown, Subnode, VirtualIn, VirtualOut, Container
    }
}
