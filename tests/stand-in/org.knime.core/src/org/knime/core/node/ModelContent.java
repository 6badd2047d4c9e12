package org.knime.core.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What a model stores, in memory. */
public final class ModelContent implements ModelContentRO, ModelContentWO {

    private static final String SIZE = "/array-size";

    private final Map<String, String> values = new LinkedHashMap<>();

    private final String name;

    public ModelContent(final String key) {
        name = key;
    }

    @Override
    public void addString(final String key, final String value) {
        values.put(key, value);
    }

    @Override
    public void addStringArray(final String key, final String... array) {
        values.put(key + SIZE, Integer.toString(array.length));
        for (int i = 0; i < array.length; i++) {
            values.put(key + "/" + i, array[i]);
        }
    }

    @Override
    public String getString(final String key) throws InvalidSettingsException {
        if (!values.containsKey(key)) {
            throw new InvalidSettingsException("String for key \"" + key + "\" not found.");
        }
        return values.get(key);
    }

    @Override
    public String[] getStringArray(final String key) throws InvalidSettingsException {
        final String[] array = new String[Integer.parseInt(getString(key + SIZE))];
        for (int i = 0; i < array.length; i++) {
            array[i] = getString(key + "/" + i);
        }
        return array;
    }

    @Override
    public boolean containsKey(final String key) {
        return values.containsKey(key) || values.containsKey(key + SIZE);
    }

    /** Not the platform's format, which is read by the platform only. */
    @Override
    public void saveToXML(final OutputStream os) throws IOException {
        final Properties properties = new Properties();
        properties.putAll(values);
        try (os) {
            properties.storeToXML(os, name, StandardCharsets.UTF_8);
        }
    }

    /** Closes the stream. */
    public static ModelContentRO loadFromXML(final InputStream in) throws IOException {
        final Properties properties = new Properties();
        properties.loadFromXML(in);
        final ModelContent content = new ModelContent("model");
        final List<String> keys = properties.stringPropertyNames().stream().sorted().toList();
        keys.forEach(key -> content.values.put(key, properties.getProperty(key)));
        return content;
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof ModelContent other && values.equals(other.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values.keySet().stream().sorted().toArray());
    }
}
