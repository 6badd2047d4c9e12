package org.knime.node;

import java.util.ArrayList;
import java.util.List;

import org.knime.node.RequirePorts.PortsAdder;

import dev.mixedmodels.standin.definition.Port;

/** The ports of a node while it is described. */
final class PortList implements PortsAdder {

    private final List<Port> inputs = new ArrayList<>();

    private final List<Port> outputs = new ArrayList<>();

    @Override
    public PortsAdder addInputTable(final String name, final String description) {
        inputs.add(new Port(name, description));
        return this;
    }

    @Override
    public PortsAdder addOutputTable(final String name, final String description) {
        outputs.add(new Port(name, description));
        return this;
    }

    List<Port> inputs() {
        return inputs;
    }

    List<Port> outputs() {
        return outputs;
    }
}
