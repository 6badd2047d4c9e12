package org.knime.node.parameters.updates;

/** Names a button, so that values can be computed when it is pressed. */
public interface ButtonReference {
}
