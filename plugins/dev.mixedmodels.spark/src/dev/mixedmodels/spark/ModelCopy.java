package dev.mixedmodels.spark;

import dev.mixedmodels.engine.model.ModelFile;
import dev.mixedmodels.engine.model.StoredModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/** A model on its way to executors, each of which reads it once. */
final class ModelCopy implements Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;
    private transient StoredModel model;

    ModelCopy(final StoredModel model) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ModelFile.write(model, out);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes = out.toByteArray();
    }

    synchronized StoredModel model() {
        if (model == null) {
            try {
                model = ModelFile.read(new ByteArrayInputStream(bytes));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return model;
    }
}
