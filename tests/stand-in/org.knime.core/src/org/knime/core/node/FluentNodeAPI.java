package org.knime.core.node;

/** Marks the types with which a node is described. */
public interface FluentNodeAPI {
}
