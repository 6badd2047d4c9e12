package dev.mixedmodels.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.SettingValues;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of a node: its own keys and initial values, of which some are changed. */
public final class ModelSettings {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String node;
    private final Map<String, Object> values;

    private ModelSettings(final String node, final Map<String, Object> values) {
        this.node = node;
        this.values = values;
    }

    /**
     * @param node name of the node, as run-node has it, such as {@code random-intercept-anova}
     * @return its initial settings
     * @throws ModelException if there is no such node
     */
    public static ModelSettings of(final String node) {
        try (InputStream in = ModelSettings.class.getResourceAsStream("settings/" + node + ".json")) {
            if (in == null) {
                throw new ModelException("There is no node \"" + node + "\" that runs on Spark. There are "
                    + String.join(", ", MixedModels.NODES) + ", " + MixedModels.PREDICTOR + ".");
            }
            return new ModelSettings(node, JSON.readValue(in, new TypeReference<LinkedHashMap<String, Object>>() { }));
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param key name of a setting
     * @param value as JSON has it: a text, a number, a truth value, a list; a list may be a text, its elements
     *            separated by commas or in JSON
     * @return these settings, changed
     * @throws ModelException if there is no such setting
     */
    public ModelSettings set(final String key, final Object value) {
        if (!values.containsKey(key)) {
            throw new ModelException("There is no setting \"" + key + "\". The settings are: "
                + String.join(", ", values.keySet()) + ".");
        }
        values.put(key, values.get(key) instanceof List && value instanceof String text ? list(key, text) : value);
        return this;
    }

    /**
     * @param text settings as a JSON object
     * @return these settings, changed
     * @throws ModelException if it is none, or if there is no such setting
     */
    public ModelSettings setAll(final String text) {
        try {
            JSON.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() { }).forEach(this::set);
            return this;
        } catch (final JsonProcessingException e) {
            throw new ModelException("The settings are no JSON object: " + e.getOriginalMessage() + ".", e);
        }
    }

    private static List<?> list(final String key, final String text) {
        if (!text.strip().startsWith("[")) {
            return text.isBlank() ? List.of() : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        }
        try {
            return JSON.readValue(text, List.class);
        } catch (final JsonProcessingException e) {
            throw new ModelException("The setting \"" + key + "\" is no JSON array: " + e.getOriginalMessage() + ".", e);
        }
    }

    String node() {
        return node;
    }

    SettingValues values() {
        return new SettingValues(values);
    }
}
