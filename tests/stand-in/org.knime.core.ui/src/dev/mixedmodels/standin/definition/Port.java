package dev.mixedmodels.standin.definition;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortType;

/**
 * An input or output.
 *
 * @param name shown to users and saved in workflows
 * @param description an XML fragment
 * @param type what it takes
 */
public record Port(String name, String description, PortType type) {

    /** Whether it takes a table. */
    public boolean isTable() {
        return type.equals(BufferedDataTable.TYPE);
    }
}
