package dev.mixedmodels.knime.settings;

import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.ChoicesProvider;

/** Two columns whose effects depend on each other. */
@LoadDefaultsForAbsentFields
public final class Interaction implements NodeParameters {
    /** One of the columns. */
    @Widget(title = "Effect of", description = """
        One of the two columns. Columns that look like time or visit come first.""")
    @ChoicesProvider(ColumnChoices.InteractionParts.class)
    public String first = "";

    /** The other one. */
    @Widget(title = "depends on", description = "The other column.")
    @ChoicesProvider(ColumnChoices.InteractionParts.class)
    public String second = "";

    /** Columns not chosen yet. */
    public Interaction() {
        // the initial values above
    }

    /**
     * @param first a column
     * @param second another column
     */
    public Interaction(final String first, final String second) {
        this.first = first;
        this.second = second;
    }

    /**
     * @param chosen the setting
     * @return the two columns of each
     */
    public static List<List<String>> pairs(final List<Interaction> chosen) {
        return chosen.stream().map(pair -> List.of(pair.first, pair.second)).toList();
    }

    /**
     * @param pairs the setting
     * @param title its title
     * @throws InvalidSettingsException if a pair lacks a column, or has one twice
     */
    public static void validate(final Interaction[] pairs, final String title) throws InvalidSettingsException {
        for (final Interaction pair : pairs) {
            final boolean complete = !pair.first.isEmpty() && !pair.second.isEmpty();
            if (!complete || pair.first.equals(pair.second)) {
                throw new InvalidSettingsException("An interaction " + (complete ? "pairs \"" + pair.first
                    + "\" with itself" : "lacks a column") + ". Choose two different columns under \"" + title
                    + "\", or remove it.");
            }
        }
    }
}
