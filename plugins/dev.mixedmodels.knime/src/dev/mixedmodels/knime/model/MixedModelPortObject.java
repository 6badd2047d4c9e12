package dev.mixedmodels.knime.model;

import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

import javax.swing.JComponent;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.AbstractPortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

import dev.mixedmodels.engine.model.ModelFile;
import dev.mixedmodels.engine.model.ModelText;
import dev.mixedmodels.engine.model.StoredModel;

/** A fitted model at a port. */
public final class MixedModelPortObject extends AbstractPortObject {
    /** The port type, registered in plugin.xml. */
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(MixedModelPortObject.class);

    private static final String ENTRY = "model";

    private MixedModelPortObjectSpec spec;
    private StoredModel model;

    /** Writes and reads it. */
    public static final class Serializer extends AbstractPortObjectSerializer<MixedModelPortObject> {
    }

    /** For the platform, which calls {@link #load} next. */
    public MixedModelPortObject() {
        // load does the rest
    }

    /**
     * @param spec what was known before the fit
     * @param model the fitted model
     */
    public MixedModelPortObject(final MixedModelPortObjectSpec spec, final StoredModel model) {
        this.spec = new MixedModelPortObjectSpec(spec.known().fitted(model.design()));
        this.model = model;
    }

    /**
     * @return the model
     */
    public StoredModel model() {
        return model;
    }

    @Override
    public MixedModelPortObjectSpec getSpec() {
        return spec;
    }

    @Override
    public String getSummary() {
        return ModelText.summary(model);
    }

    @Override
    public JComponent[] getViews() {
        final JTextArea text = new JTextArea(ModelText.full(model));
        text.setEditable(false);
        final JScrollPane view = new JScrollPane(text);
        view.setName("Mixed model");
        return new JComponent[] {view};
    }

    @Override
    protected void save(final PortObjectZipOutputStream out, final ExecutionMonitor exec)
        throws IOException, CanceledExecutionException {
        exec.checkCanceled();
        out.setLevel(Deflater.BEST_SPEED); // numbers hardly shrink
        out.putNextEntry(new ZipEntry(ENTRY));
        ModelFile.write(model, out);
        out.closeEntry();
    }

    @Override
    protected void load(final PortObjectZipInputStream in, final PortObjectSpec known, final ExecutionMonitor exec)
        throws IOException, CanceledExecutionException {
        exec.checkCanceled();
        spec = (MixedModelPortObjectSpec) known;
        if (in.getNextEntry() == null) {
            throw new IOException("The model was cut short: its end is missing. Write it again.");
        }
        model = ModelFile.read(in);
    }
}
