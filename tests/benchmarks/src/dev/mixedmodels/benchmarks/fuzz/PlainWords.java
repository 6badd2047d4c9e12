package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.standin.run.NodeDescription;
import dev.mixedmodels.standin.run.NodeDescription.Choice;
import dev.mixedmodels.standin.run.NodeDescription.Setting;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knime.node.DefaultNodeFactory;

/** What no message may contain: words of the program in place of those of the dialog. */
public final class PlainWords {
    /** How the sentence begins that a failure gets which nobody foresaw. */
    private static final String UNFORESEEN = "The computation broke down";
    /** Names of exceptions, objects printed by Java, packages, and Java's words for what is no number. */
    private static final Pattern JAVA = Pattern.compile("\\w+(Exception|[a-z]Error)\\b|\\[?[A-Za-z;.$]+@[0-9a-f]{5,}"
        + "|\\b(java|dev|org)\\.[a-z]+\\.\\w+|\\b(null|NaN|Infinity|Optional(\\.empty)?\\[?)\\b|\\bindex \\d+ out of"
        + "|" + UNFORESEEN);
    private static final Pattern WORD = Pattern.compile("[A-Za-z_0-9]+");

    private final Set<String> codes;

    /**
     * @param factories of all nodes
     */
    public PlainWords(final Collection<DefaultNodeFactory> factories) {
        codes = codes(factories);
    }

    /**
     * @param factories of nodes
     * @return persisted keys and constants that no user should have to read: those that are no words of the dialog
     */
    public static Set<String> codes(final Collection<DefaultNodeFactory> factories) {
        final List<Setting> settings =
            factories.stream().flatMap(factory -> NodeDescription.of(factory).settings().stream()).toList();
        final Set<String> codes = new HashSet<>();
        settings.stream().map(setting -> setting.key().replaceAll(".*/", ""))
            .filter(key -> !key.equals(key.toLowerCase(Locale.ROOT))).forEach(codes::add);
        for (final Setting setting : settings) {
            for (final Choice choice : setting.choices()) {
                if (!(" " + choice.label() + " ").contains(" " + choice.name() + " ")) {
                    codes.add(choice.name());
                }
            }
        }
        return codes;
    }

    /**
     * @param outcome of a run
     * @return what is wrong with its words: what the node threw in place of them, and each text with a word that must
     *         not stand in it
     */
    public List<String> faults(final Outcome outcome) {
        if (outcome.isDefect()) {
            return List.of("throws " + outcome.root());
        }
        return outcome.texts().stream().distinct().flatMap(text -> faultIn(text).map(word -> "says \"" + word + "\": "
            + text + (text.contains(UNFORESEEN) ? " " + outcome.root() : "")).stream()).toList();
    }

    /**
     * @param text a message, a warning or a note
     * @return the first word that must not stand in it; empty if there is none
     */
    public Optional<String> faultIn(final String text) {
        final Matcher java = JAVA.matcher(text);
        if (java.find()) {
            return Optional.of(java.group());
        }
        return WORD.matcher(text).results().map(word -> word.group()).filter(codes::contains).findFirst();
    }
}
