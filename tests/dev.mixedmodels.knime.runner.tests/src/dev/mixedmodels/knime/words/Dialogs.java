package dev.mixedmodels.knime.words;

import dev.mixedmodels.benchmarks.fuzz.PlainWords;
import dev.mixedmodels.standin.run.NodeDescription;
import dev.mixedmodels.standin.run.NodeDescription.Choice;
import dev.mixedmodels.standin.run.NodeDescription.Setting;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.knime.node.DefaultNodeFactory;
import org.w3c.dom.Element;

/** The words of all dialogs, for comparison with those of messages. */
public final class Dialogs {
    private Dialogs() {
    }

    /**
     * @return all registered nodes
     */
    public static List<DefaultNodeFactory> factories() {
        final ClassLoader bundle = Dialogs.class.getClassLoader();
        try (InputStream in = bundle.getResourceAsStream("plugin.xml")) {
            final var nodes = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in)
                .getElementsByTagName("node");
            final List<DefaultNodeFactory> made = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                final String name = ((Element) nodes.item(i)).getAttribute("factory-class");
                made.add((DefaultNodeFactory) bundle.loadClass(name).getConstructor().newInstance());
            }
            return made;
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @return the nodes that fit a model to a table; the others work from models
     */
    public static List<DefaultNodeFactory> learners() {
        return factories().stream()
            .filter(factory -> NodeDescription.of(factory).definition().inputs().get(0).isTable()).toList();
    }

    private static List<Setting> settings() {
        return factories().stream().flatMap(factory -> NodeDescription.of(factory).settings().stream()).toList();
    }

    private static List<Choice> choices() {
        return settings().stream().flatMap(setting -> setting.choices().stream()).toList();
    }

    /** Titles of settings and labels of choices. */
    static Set<String> titles() {
        final Set<String> titles = new HashSet<>();
        settings().forEach(setting -> titles.add(setting.title()));
        choices().forEach(choice -> titles.add(choice.label()));
        return titles;
    }

    /** Persisted keys and constants that no user should have to read: those that are no words of the dialog. */
    static Set<String> codes() {
        return PlainWords.codes(factories());
    }
}
