package org.knime.core.node;

/** What a factory makes. Nodes described by a fluent definition never touch it. */
public abstract class NodeModel {
}
