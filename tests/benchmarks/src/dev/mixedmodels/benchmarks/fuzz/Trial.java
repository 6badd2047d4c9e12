package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.standin.run.NodeDescription.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A random table and random settings for a node, the same for the same seed.
 *
 * @param node the node
 * @param data the table
 * @param settings what differs from a new node
 */
record Trial(NodeUnderTest node, Data data, Map<String, Object> settings) {
    static Trial of(final NodeUnderTest node, final SplittableRandom random) {
        final Data data = RandomTable.of(random.split(), node.has("unit"));
        return new Trial(node, data, RandomSettings.of(random.split(), node, data));
    }

    Trial with(final Data changed) {
        return new Trial(node, changed, settings);
    }

    Trial with(final String key, final Object value) {
        final Map<String, Object> changed = new LinkedHashMap<>(settings);
        changed.put(key, value);
        return new Trial(node, data, changed);
    }

    /** The same without what takes time and is not compared. */
    Trial bare() {
        return with("varianceIntervals", "NONE").withIfThere("randomTests", false).withIfThere("ranks", false)
            .withIfThere("influence", "NONE");
    }

    private Trial withIfThere(final String key, final Object value) {
        return node.has(key) ? with(key, value) : this;
    }

    /** A setting as text, its initial value without quotation marks if it is not chosen; empty if there is none. */
    String text(final String key) {
        return settings.containsKey(key) ? String.valueOf(settings.get(key)) : node.settings().stream()
            .filter(setting -> setting.key().equals(key)).map(Setting::initial).findFirst().orElse("")
            .replace("\"", "");
    }

    /** Whether a setting is one of some values. */
    boolean is(final String key, final String... values) {
        return List.of(values).contains(text(key));
    }

    Outcome run() {
        return node.run(data.table(), settings);
    }
}
