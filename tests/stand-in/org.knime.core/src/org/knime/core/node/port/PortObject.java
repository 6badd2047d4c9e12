package org.knime.core.node.port;

/** The data at a port. */
public interface PortObject {

    /** One line about the data. */
    String getSummary();

    PortObjectSpec getSpec();
}
