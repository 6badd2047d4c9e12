package org.knime.core.node.port;

/** What is known about the data at a port before they exist. */
public interface PortObjectSpec {
}
