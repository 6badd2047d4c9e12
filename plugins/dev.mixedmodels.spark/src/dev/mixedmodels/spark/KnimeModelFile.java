package dev.mixedmodels.spark;

import dev.mixedmodels.engine.model.ColumnKind;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelFile;
import dev.mixedmodels.engine.model.ModelKind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A model in the file that KNIME's Model Writer and run-node write and their counterparts read: a ZIP of which class
 * things are, a ZIP of what was known before the fit, and a ZIP of the model.
 */
final class KnimeModelFile {
    private static final String CONTENT = "content.xml";
    private static final String SPEC = "objectSpec.file";
    private static final String OBJECT = "object.file";
    private static final String SPEC_MARK = "portSpec.file";
    private static final String OBJECT_MARK = "portObject.file";
    private static final String META = "meta.xml";
    private static final String MODEL = "model";
    private static final String CLASS = "class_name";
    private static final String SPEC_CLASS = "dev.mixedmodels.knime.model.MixedModelPortObjectSpec";
    private static final String OBJECT_CLASS = "dev.mixedmodels.knime.model.MixedModelPortObject";

    private KnimeModelFile() {
    }

    /** Writes a model; the stream is not closed. */
    static void write(final FittedModel model, final OutputStream out) throws IOException {
        final ZipOutputStream zip = new ZipOutputStream(out);
        final Map<String, Object> content = new LinkedHashMap<>();
        content.put("port_spec_class", SPEC_CLASS);
        content.put("port_object_class", OBJECT_CLASS);
        write(zip, CONTENT, content);
        zip.putNextEntry(new ZipEntry(SPEC));
        final ZipOutputStream spec = new ZipOutputStream(zip);
        spec.putNextEntry(new ZipEntry(SPEC_MARK));
        final Map<String, Object> known = new LinkedHashMap<>();
        known.put(CLASS, SPEC_CLASS);
        known.put(MODEL, values(model.columns()));
        write(spec, CONTENT, known);
        spec.finish();
        zip.putNextEntry(new ZipEntry(OBJECT));
        final ZipOutputStream object = new ZipOutputStream(zip);
        object.putNextEntry(new ZipEntry(OBJECT_MARK));
        write(object, META, Map.of(CLASS, OBJECT_CLASS));
        object.setLevel(Deflater.BEST_SPEED); // numbers hardly shrink
        object.putNextEntry(new ZipEntry(MODEL));
        ModelFile.write(model.model(), object);
        object.finish();
        zip.finish();
    }

    private static void write(final ZipOutputStream zip, final String entry, final Map<String, ?> group)
        throws IOException {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(ConfigXml.write(group).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> values(final ModelColumns columns) {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("node", columns.node().name());
        values.put("response", columns.response());
        values.put("explained", columns.explained());
        values.put("columns", columns.columns());
        values.put("kinds", columns.kinds());
        values.put("factors", columns.factors());
        values.put("numbers", columns.numbers());
        return values;
    }

    /**
     * @param in gives the file; is not closed
     * @throws IOException if it holds something else, or was cut or changed
     */
    static FittedModel read(final InputStream in) throws IOException {
        final ZipInputStream zip = new ZipInputStream(in);
        next(zip, CONTENT);
        if (!OBJECT_CLASS.equals(ConfigXml.read(open(zip)).get("port_object_class"))) {
            throw new IOException("it holds something else");
        }
        next(zip, SPEC);
        final ZipInputStream spec = new ZipInputStream(zip);
        next(spec, SPEC_MARK);
        next(spec, CONTENT);
        final ModelColumns columns = columns(ConfigXml.read(open(spec)));
        next(zip, OBJECT);
        final ZipInputStream object = new ZipInputStream(zip);
        next(object, OBJECT_MARK);
        next(object, META);
        next(object, MODEL);
        return new FittedModel(columns, ModelFile.read(object));
    }

    private static void next(final ZipInputStream zip, final String name) throws IOException {
        final ZipEntry entry = zip.getNextEntry();
        if (entry == null || !entry.getName().equals(name)) {
            throw new IOException(entry == null ? "it was cut" : "it holds something else");
        }
    }

    /** The stream, which stays open when it is closed. */
    private static InputStream open(final InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public void close() {
                // the entries that follow are still to be read
            }
        };
    }

    private static ModelColumns columns(final Map<String, Object> spec) throws IOException {
        try {
            final Map<?, ?> values = (Map<?, ?>) spec.get(MODEL);
            final String response = (String) values.get("response");
            return new ModelColumns(ModelKind.valueOf((String) values.get("node")), response,
                values.containsKey("explained") ? (String) values.get("explained") : response, texts(values, "columns"),
                texts(values, "kinds").stream().map(ColumnKind::valueOf).toList(), texts(values, "factors"),
                texts(values, "numbers"));
        } catch (final IllegalArgumentException | NullPointerException | ClassCastException e) {
            throw new IOException("it names something that this version does not know, or was changed", e);
        }
    }

    private static List<String> texts(final Map<?, ?> values, final String key) {
        return ((List<?>) values.get(key)).stream().map(Object::toString).toList();
    }
}
