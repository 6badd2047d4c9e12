package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.storage.RecordFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A model in a stream. Only format 1 exists so far; an older one stays readable, a newer one is refused. */
public final class ModelFile {
    private static final int FORMAT = 1;

    private static final RecordFile FILE = new RecordFile("model", "MIXMODEL", FORMAT, "Mixed Models for KNIME 1.0");

    private ModelFile() {
    }

    /**
     * @param model a model
     * @param out takes it; is not closed
     * @throws IOException if the stream does not take it
     */
    public static void write(final StoredModel model, final OutputStream out) throws IOException {
        FILE.write(model, out);
    }

    /**
     * @param in gives what {@link #write} wrote; is not closed
     * @return the model
     * @throws IOException in words for users, if the stream holds something else, a newer format, or was cut or changed
     */
    public static StoredModel read(final InputStream in) throws IOException {
        return FILE.read(StoredModel.class, in);
    }
}
