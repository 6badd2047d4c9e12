package org.knime.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.knime.core.node.port.PortType;
import org.knime.node.RequirePorts.ConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.ExtendableConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.FinalConfigurablePort;
import org.knime.node.RequirePorts.ConfigurablePort.OptionalConfigurablePort;
import org.knime.node.RequirePorts.DynamicPortsAdder;
import org.knime.node.RequirePorts.PortsAdder;
import org.knime.node.RequirePorts.RequireConfigurablePortMode;
import org.knime.node.RequirePorts.RequirePortName;
import org.knime.node.RequirePorts.RequireSupportedTypes;

import dev.mixedmodels.standin.definition.Port;

/** The ports of a node while it is described. */
final class PortList implements DynamicPortsAdder {

    private final List<Port> inputs = new ArrayList<>();

    private final List<Port> outputs = new ArrayList<>();

    @Override
    public DynamicPortsAdder addInputPortGroup(final String groupId,
        final Function<RequirePortName, ConfigurablePort> group) {
        add(groupId, group, inputs);
        return this;
    }

    @Override
    public DynamicPortsAdder addOutputPortGroup(final String groupId,
        final Function<RequirePortName, ConfigurablePort> group) {
        add(groupId, group, outputs);
        return this;
    }

    private static void add(final String groupId, final Function<RequirePortName, ConfigurablePort> group,
        final List<Port> ports) {
        final int at = ports.size();
        group.apply(name -> description -> new Mode(port -> {
            if (ports.size() > at) {
                ports.remove(at);
            }
            ports.add(port);
        }, new Port(groupId, name, description, null, 1, 1)));
    }

    List<Port> inputs() {
        return inputs;
    }

    List<Port> outputs() {
        return outputs;
    }

    /** Tells how many ports a group has; what it is told later takes the place of the earlier. */
    private record Mode(Consumer<Port> into, Port port) implements RequireConfigurablePortMode {

        @Override
        public FinalConfigurablePort fixed(final PortType portType) {
            into.accept(port.with(portType, 1, 1));
            return new FinalConfigurablePort();
        }

        @Override
        public RequireSupportedTypes<OptionalConfigurablePort> optional() {
            return types -> {
                into.accept(port.with(only(types), 0, 1));
                return new OptionalConfigurablePort() { };
            };
        }

        @Override
        public RequireSupportedTypes<ExtendableConfigurablePort> extendable() {
            return types -> {
                into.accept(port.with(only(types), 0, Integer.MAX_VALUE));
                return new ExtendableConfigurablePort() {
                    @Override
                    public ExtendableConfigurablePort fixedTypes(final PortType... fixed) {
                        into.accept(port.with(only(types), fixed.length, Integer.MAX_VALUE));
                        return this;
                    }
                };
            };
        }

        private static PortType only(final PortType... types) {
            if (types.length != 1) {
                throw new UnsupportedOperationException("The stand-in has one type for all ports of a group.");
            }
            return types[0];
        }
    }

    /** Ports that are always there. */
    record Fixed(DynamicPortsAdder groups) implements PortsAdder {

        @Override
        public PortsAdder addInputPort(final String name, final String description, final PortType type) {
            groups.addInputPortGroup(name, group -> group.name(name).description(description).fixed(type));
            return this;
        }

        @Override
        public PortsAdder addOutputPort(final String name, final String description, final PortType type) {
            groups.addOutputPortGroup(name, group -> group.name(name).description(description).fixed(type));
            return this;
        }
    }
}
