package org.knime.core.node.port;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** The entry of a stored object that names its class. */
final class Contents {

    private static final String CLASS_NAME = "class_name";

    private final ModelContentRO content;

    private Contents(final ModelContentRO content) {
        this.content = content;
    }

    static Contents ofClass(final Class<?> type) {
        final ModelContent content = new ModelContent("content.xml");
        content.addString(CLASS_NAME, type.getName());
        return new Contents(content);
    }

    ModelContentWO add(final String key) {
        return ((ModelContent)content).addModelContent(key);
    }

    ModelContentRO get(final String key) throws InvalidSettingsException {
        return content.getModelContent(key);
    }

    void write(final OutputStream out) throws IOException {
        ((ModelContent)content).saveToXML(open(out));
    }

    static Contents read(final InputStream in) throws IOException {
        return new Contents(ModelContent.loadFromXML(open(in)));
    }

    String className() throws IOException {
        try {
            return content.getString(CLASS_NAME);
        } catch (InvalidSettingsException e) {
            throw new IOException("The stored object does not say its class.", e);
        }
    }

    /** Moves to the next entry, which must have this name. */
    static void next(final ZipInputStream in, final String name) throws IOException {
        final ZipEntry entry = in.getNextEntry();
        if (entry == null || !entry.getName().equals(name)) {
            throw new IOException("Expected zip entry \"" + name + "\" but got "
                + (entry == null ? "no more entries" : "\"" + entry.getName() + "\""));
        }
    }

    static Object instantiate(final Class<?> type) throws IOException {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IOException(type.getName() + " needs a public constructor without arguments.", e);
        }
    }

    /** The stream, which stays open when it is closed. */
    static OutputStream open(final OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(final byte[] bytes, final int offset, final int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** The stream, which stays open when it is closed. */
    static InputStream open(final InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public void close() {
                // the entries that follow are still to be read
            }
        };
    }
}
