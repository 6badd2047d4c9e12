package org.knime.node.parameters.persistence;

/** Marks a class whose fields are stored. */
public interface Persistable {
}
