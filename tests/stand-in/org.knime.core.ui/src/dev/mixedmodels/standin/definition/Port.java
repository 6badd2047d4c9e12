package dev.mixedmodels.standin.definition;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortType;

/**
 * An input or output, or several of one kind.
 *
 * @param group id, saved in workflows
 * @param name shown to users
 * @param description an XML fragment
 * @param type what it takes
 * @param least number of ports that are always there
 * @param most number of ports that there may be
 */
public record Port(String group, String name, String description, PortType type, int least, int most) {

    /** Whether it takes a table. */
    public boolean isTable() {
        return type.equals(BufferedDataTable.TYPE);
    }

    /** The same with another type and numbers of ports. */
    public Port with(final PortType otherType, final int atLeast, final int atMost) {
        return new Port(group, name, description, otherType, atLeast, atMost);
    }

    /** Whether a node may do without it. */
    public boolean isOptional() {
        return least == 0 || type.isOptional();
    }
}
