package org.knime.node;

import java.util.function.Consumer;
import java.util.function.Function;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortType;

import org.knime.node.DefaultNode.RequireModel;

/** Asks for the ports. */
public interface RequirePorts {

    /** Ports that are always there; the name of each is the id of its group. */
    default RequireModel ports(final Consumer<PortsAdder> ports) {
        return dynamicPorts(groups -> ports.accept(new PortList.Fixed(groups)));
    }

    /** Groups of ports, of which the user may add and take away some. */
    RequireModel dynamicPorts(Consumer<DynamicPortsAdder> ports);

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

    /** Takes groups of ports in order; all ids of a node differ, inputs against outputs too. */
    interface DynamicPortsAdder {

        DynamicPortsAdder addInputPortGroup(String groupId, Function<RequirePortName, ConfigurablePort> group);

        DynamicPortsAdder addOutputPortGroup(String groupId, Function<RequirePortName, ConfigurablePort> group);
    }

    /** Asks for the name of a group's ports. */
    interface RequirePortName {
        RequirePortDescription name(String name);
    }

    /** Asks for the description, an XML fragment. */
    interface RequirePortDescription {
        RequireConfigurablePortMode description(String description);
    }

    /** Asks how many ports the group has. */
    interface RequireConfigurablePortMode {

        /** One. */
        ConfigurablePort.FinalConfigurablePort fixed(PortType portType);

        /** None, until the user adds the one. */
        RequireSupportedTypes<ConfigurablePort.OptionalConfigurablePort> optional();

        /** Any number. */
        RequireSupportedTypes<ConfigurablePort.ExtendableConfigurablePort> extendable();
    }

    /**
     * Asks for the types that ports may have.
     *
     * @param <T> what is asked next
     */
    interface RequireSupportedTypes<T> {
        T supportedTypes(PortType... portTypes);
    }

    /** A group. */
    sealed interface ConfigurablePort {

        /** A group of which nothing else is to be said. */
        final class FinalConfigurablePort implements ConfigurablePort {
        }

        /** A group of at most one port. */
        non-sealed interface OptionalConfigurablePort extends ConfigurablePort {
        }

        /** A group of any number of ports. */
        non-sealed interface ExtendableConfigurablePort extends ConfigurablePort {

            /** Ports that the user cannot take away; called once. */
            ExtendableConfigurablePort fixedTypes(PortType... portTypes);
        }
    }
}
