package org.knime.core.node.port;

import java.io.IOException;

import javax.swing.JComponent;

/** What is known about the data at a port before they exist. */
public interface PortObjectSpec {

    /** Panels that show it; made when a user opens the port. */
    JComponent[] getViews();

    /**
     * Writes and reads specs of one class; named by the extension that registers the port type.
     *
     * @param <T> the class
     */
    abstract class PortObjectSpecSerializer<T extends PortObjectSpec> {

        public abstract void savePortObjectSpec(T portObjectSpec, PortObjectSpecZipOutputStream out)
            throws IOException;

        public abstract T loadPortObjectSpec(PortObjectSpecZipInputStream in) throws IOException;
    }
}
