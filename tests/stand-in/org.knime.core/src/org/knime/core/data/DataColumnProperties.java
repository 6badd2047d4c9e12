package org.knime.core.data;

import java.util.Map;

/** Notes on a column, by key; they change how it is shown, never what it holds. */
public final class DataColumnProperties {

    private final Map<String, String> content;

    public DataColumnProperties() {
        this(Map.of());
    }

    public DataColumnProperties(final Map<String, String> content) {
        this.content = Map.copyOf(content);
    }

    public boolean containsProperty(final String key) {
        return content.containsKey(key);
    }

    /** The note under the key, or null. */
    public String getProperty(final String key) {
        return content.get(key);
    }

    public int size() {
        return content.size();
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof DataColumnProperties other && content.equals(other.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    @Override
    public String toString() {
        return content.toString();
    }
}
