package org.knime.core.node.port;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;

/** Stores data of any port type in a file, as the nodes Model Writer and Model Reader do. */
public final class PortUtil {

    private static final String CONTENT_ENTRY = "content.xml";

    private static final String SPEC_ENTRY = "objectSpec.file";

    private static final String OBJECT_ENTRY = "object.file";

    /** Empty, the first entry of what a serializer writes. */
    private static final String SPEC_MARK = "portSpec.file";

    /** Empty, the first entry of what a serializer writes. */
    private static final String OBJECT_MARK = "portObject.file";

    private PortUtil() {
    }

    public static void writeObjectToFile(final PortObject po, final File file, final ExecutionMonitor exec)
        throws IOException, CanceledExecutionException {
        try (OutputStream out = Files.newOutputStream(file.toPath())) {
            writeObjectToStream(po, out, exec);
        }
    }

    /** Closes the stream. */
    @SuppressWarnings("unchecked")
    public static void writeObjectToStream(final PortObject po, final OutputStream output,
        final ExecutionMonitor exec) throws IOException, CanceledExecutionException {
        final PortObjectSpec spec = po.getSpec();
        final PortTypeRegistry registry = PortTypeRegistry.getInstance();
        final PortObjectSerializer<PortObject> objects = registry
            .getObjectSerializer((Class<PortObject>)po.getClass())
            .orElseThrow(() -> new IOException("No serializer is registered for " + po.getClass().getName()));
        final PortObjectSpecSerializer<PortObjectSpec> specs = registry
            .getSpecSerializer((Class<PortObjectSpec>)spec.getClass())
            .orElseThrow(() -> new IOException("No serializer is registered for " + spec.getClass().getName()));
        try (ZipOutputStream zip = new ZipOutputStream(output)) {
            zip.putNextEntry(new ZipEntry(CONTENT_ENTRY));
            final ModelContent content = new ModelContent(CONTENT_ENTRY);
            content.addString("port_spec_class", spec.getClass().getName());
            content.addString("port_object_class", po.getClass().getName());
            content.saveToXML(Contents.open(zip));
            zip.putNextEntry(new ZipEntry(SPEC_ENTRY));
            try (PortObjectSpecZipOutputStream inner = new PortObjectSpecZipOutputStream(Contents.open(zip))) {
                inner.putNextEntry(new ZipEntry(SPEC_MARK));
                specs.savePortObjectSpec(spec, inner);
            }
            zip.putNextEntry(new ZipEntry(OBJECT_ENTRY));
            try (PortObjectZipOutputStream inner = new PortObjectZipOutputStream(Contents.open(zip))) {
                inner.putNextEntry(new ZipEntry(OBJECT_MARK));
                objects.savePortObject(po, inner, exec);
            }
        }
    }

    public static PortObject readObjectFromFile(final File file, final ExecutionMonitor exec)
        throws IOException, CanceledExecutionException {
        try (InputStream in = Files.newInputStream(file.toPath())) {
            return readObjectFromStream(in, exec);
        }
    }

    /** Closes the stream. */
    @SuppressWarnings("unchecked")
    public static PortObject readObjectFromStream(final InputStream input, final ExecutionMonitor exec)
        throws IOException, CanceledExecutionException {
        final PortTypeRegistry registry = PortTypeRegistry.getInstance();
        try (ZipInputStream zip = new ZipInputStream(input)) {
            Contents.next(zip, CONTENT_ENTRY);
            final ModelContentRO content = ModelContent.loadFromXML(Contents.open(zip));
            final String specName = content.getString("port_spec_class");
            final String objectName = content.getString("port_object_class");
            final Class<? extends PortObjectSpec> specClass = registry.getSpecClass(specName)
                .orElseThrow(() -> new IOException("No port type has specs of class \"" + specName + "\"."));
            final Class<? extends PortObject> objectClass = registry.getObjectClass(objectName)
                .orElseThrow(() -> new IOException("No port type has objects of class \"" + objectName + "\"."));
            Contents.next(zip, SPEC_ENTRY);
            final PortObjectSpecZipInputStream specs = new PortObjectSpecZipInputStream(Contents.open(zip));
            Contents.next(specs, SPEC_MARK);
            final PortObjectSpec spec = registry.getSpecSerializer((Class<PortObjectSpec>)specClass).orElseThrow()
                .loadPortObjectSpec(specs);
            Contents.next(zip, OBJECT_ENTRY);
            final PortObjectZipInputStream objects = new PortObjectZipInputStream(Contents.open(zip));
            Contents.next(objects, OBJECT_MARK);
            return registry.getObjectSerializer((Class<PortObject>)objectClass).orElseThrow()
                .loadPortObject(objects, spec, exec);
        } catch (InvalidSettingsException e) {
            throw new IOException("The file does not say what it holds: " + e.getMessage(), e);
        }
    }
}
