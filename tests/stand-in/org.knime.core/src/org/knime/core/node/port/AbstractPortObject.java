package org.knime.core.node.port;

import java.io.IOException;
import java.util.zip.ZipEntry;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** Data that write and read themselves; subclasses need a public constructor without arguments. */
public abstract class AbstractPortObject implements PortObject {

    private static final String CLASS_ENTRY = "meta.xml";

    protected abstract void save(PortObjectZipOutputStream out, ExecutionMonitor exec)
        throws IOException, CanceledExecutionException;

    protected abstract void load(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
        throws IOException, CanceledExecutionException;

    /**
     * Stores the class of the data beside what they write, and makes them by its constructor.
     *
     * @param <T> the class
     */
    public abstract static class AbstractPortObjectSerializer<T extends AbstractPortObject>
        extends PortObjectSerializer<T> {

        @Override
        public void savePortObject(final T portObject, final PortObjectZipOutputStream out,
            final ExecutionMonitor exec) throws IOException, CanceledExecutionException {
            out.putNextEntry(new ZipEntry(CLASS_ENTRY));
            Contents.ofClass(portObject.getClass()).write(out);
            portObject.save(out, exec);
        }

        @Override
        @SuppressWarnings("unchecked")
        public T loadPortObject(final PortObjectZipInputStream in, final PortObjectSpec spec,
            final ExecutionMonitor exec) throws IOException, CanceledExecutionException {
            Contents.next(in, CLASS_ENTRY);
            final String name = Contents.read(in).className();
            final Class<?> type = PortTypeRegistry.getInstance().getObjectClass(name)
                .orElseThrow(() -> new IOException("No port type has objects of class \"" + name + "\"."));
            final T object = (T)Contents.instantiate(type);
            object.load(in, spec, exec);
            return object;
        }
    }
}
