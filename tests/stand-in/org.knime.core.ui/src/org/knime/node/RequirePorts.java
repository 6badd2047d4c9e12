package org.knime.node;

import java.util.function.Consumer;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortType;

import org.knime.node.DefaultNode.RequireModel;

/** Asks for the ports. */
public interface RequirePorts {

    RequireModel ports(Consumer<PortsAdder> ports);

    /** Takes the ports in order; all names of a node differ, inputs against outputs too. */
    interface PortsAdder {

        default PortsAdder addInputTable(final String name, final String description) {
            return addInputPort(name, description, BufferedDataTable.TYPE);
        }

        default PortsAdder addOutputTable(final String name, final String description) {
            return addOutputPort(name, description, BufferedDataTable.TYPE);
        }

        PortsAdder addInputPort(String name, String description, PortType type);

        PortsAdder addOutputPort(String name, String description, PortType type);
    }
}
