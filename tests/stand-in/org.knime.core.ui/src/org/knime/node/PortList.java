package org.knime.node;

import java.util.ArrayList;
import java.util.List;

import org.knime.node.RequirePorts.PortsAdder;

import org.knime.core.node.port.PortType;

import dev.mixedmodels.standin.definition.Port;

/** The ports of a node while it is described. */
final class PortList implements PortsAdder {

    private final List<Port> inputs = new ArrayList<>();

    private final List<Port> outputs = new ArrayList<>();

    @Override
    public PortsAdder addInputPort(final String name, final String description, final PortType type) {
        inputs.add(new Port(name, description, type));
        return this;
    }

    @Override
    public PortsAdder addOutputPort(final String name, final String description, final PortType type) {
        outputs.add(new Port(name, description, type));
        return this;
    }

    List<Port> inputs() {
        return inputs;
    }

    List<Port> outputs() {
        return outputs;
    }
}
