package org.knime.core.node.port;

import java.io.IOException;

import javax.swing.JComponent;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** The data at a port. */
public interface PortObject {

    /** One line about the data. */
    String getSummary();

    PortObjectSpec getSpec();

    /** Panels that show the data; made when a user opens the port. */
    JComponent[] getViews();

    /**
     * Writes and reads data of one class; named by the extension that registers the port type.
     *
     * @param <T> the class
     */
    abstract class PortObjectSerializer<T extends PortObject> {

        public abstract void savePortObject(T portObject, PortObjectZipOutputStream out, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;

        public abstract T loadPortObject(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;
    }
}
