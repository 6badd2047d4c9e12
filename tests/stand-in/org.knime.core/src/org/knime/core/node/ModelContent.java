package org.knime.core.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.mixedmodels.standin.config.SettingsXml;

/** What a model stores, in memory. */
public final class ModelContent implements ModelContentRO, ModelContentWO {

    private static final String SIZE = "array-size";

    /** Strings, integers, and arrays and contents as maps. */
    private final Map<String, Object> values;

    private final String name;

    public ModelContent(final String key) {
        this(key, new LinkedHashMap<>());
    }

    private ModelContent(final String key, final Map<String, Object> values) {
        name = key;
        this.values = values;
    }

    @Override
    public ModelContentWO addModelContent(final String key) {
        final ModelContent content = new ModelContent(key);
        values.put(key, content.values);
        return content;
    }

    @Override
    @SuppressWarnings("unchecked")
    public ModelContentRO getModelContent(final String key) throws InvalidSettingsException {
        if (values.get(key) instanceof Map<?, ?> content) {
            return new ModelContent(key, (Map<String, Object>)content);
        }
        throw new InvalidSettingsException("Config for key \"" + key + "\" not found.");
    }

    @Override
    public void addString(final String key, final String value) {
        values.put(key, value);
    }

    @Override
    public void addStringArray(final String key, final String... array) {
        final Map<String, Object> elements = new LinkedHashMap<>();
        elements.put(SIZE, array.length);
        for (int i = 0; i < array.length; i++) {
            elements.put(Integer.toString(i), array[i]);
        }
        values.put(key, elements);
    }

    @Override
    public String getString(final String key) throws InvalidSettingsException {
        if (values.containsKey(key) && (values.get(key) == null || values.get(key) instanceof String)) {
            return (String)values.get(key);
        }
        throw new InvalidSettingsException("String for key \"" + key + "\" not found.");
    }

    @Override
    public String[] getStringArray(final String key) throws InvalidSettingsException {
        if (values.get(key) instanceof Map<?, ?> elements && elements.get(SIZE) instanceof Integer size) {
            final String[] array = new String[size];
            for (int i = 0; i < size; i++) {
                array[i] = (String)elements.get(Integer.toString(i));
            }
            return array;
        }
        throw new InvalidSettingsException("String array for key \"" + key + "\" not found.");
    }

    @Override
    public boolean containsKey(final String key) {
        return values.containsKey(key);
    }

    /** Closes the stream. */
    @Override
    public void saveToXML(final OutputStream os) throws IOException {
        try (os) {
            os.write(SettingsXml.write(name, values).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Closes the stream. */
    public static ModelContentRO loadFromXML(final InputStream in) throws IOException {
        return new ModelContent("", SettingsXml.read(in));
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof ModelContent other && values.equals(other.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
