package org.knime.core.node.port;

import java.io.IOException;
import java.util.zip.ZipEntry;

import javax.swing.JComponent;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** A spec that is a few values; subclasses need a public constructor without arguments. */
public abstract class AbstractSimplePortObjectSpec implements PortObjectSpec {

    private static final String ENTRY = "content.xml";

    private static final String MODEL = "model";

    protected abstract void save(ModelContentWO model);

    protected abstract void load(ModelContentRO model) throws InvalidSettingsException;

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    private ModelContent content() {
        final ModelContent content = new ModelContent(MODEL);
        save(content);
        return content;
    }

    /** Specs that would be stored alike are equal. */
    @Override
    public boolean equals(final Object obj) {
        return obj != null && obj.getClass() == getClass()
            && ((AbstractSimplePortObjectSpec)obj).content().equals(content());
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }

    /**
     * Stores the class of the spec beside its values, and makes it by its constructor.
     *
     * @param <T> the class
     */
    public abstract static class AbstractSimplePortObjectSpecSerializer<T extends AbstractSimplePortObjectSpec>
        extends PortObjectSpecSerializer<T> {

        @Override
        public void savePortObjectSpec(final T portObjectSpec, final PortObjectSpecZipOutputStream out)
            throws IOException {
            out.putNextEntry(new ZipEntry(ENTRY));
            final Contents contents = Contents.ofClass(portObjectSpec.getClass());
            portObjectSpec.save(contents.add(MODEL));
            contents.write(out);
        }

        @Override
        @SuppressWarnings("unchecked")
        public T loadPortObjectSpec(final PortObjectSpecZipInputStream in) throws IOException {
            Contents.next(in, ENTRY);
            final Contents contents = Contents.read(in);
            final String name = contents.className();
            final Class<?> type = PortTypeRegistry.getInstance().getSpecClass(name)
                .orElseThrow(() -> new IOException("No port type has specs of class \"" + name + "\"."));
            final T spec = (T)Contents.instantiate(type);
            try {
                spec.load(contents.get(MODEL));
            } catch (InvalidSettingsException e) {
                throw new IOException("Failed to load port object spec: " + e.getMessage(), e);
            }
            return spec;
        }
    }
}
