package org.knime.node;

import java.util.function.Consumer;

import org.knime.node.DefaultNode.RequireModel;

/** Asks for the ports. */
public interface RequirePorts {

    RequireModel ports(Consumer<PortsAdder> ports);

    /** Takes the ports in order; all names of a node differ, inputs against outputs too. */
    interface PortsAdder {

        PortsAdder addInputTable(String name, String description);

        PortsAdder addOutputTable(String name, String description);
    }
}
