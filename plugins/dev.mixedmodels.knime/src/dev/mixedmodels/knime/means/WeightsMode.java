package dev.mixedmodels.knime.means;

import org.knime.node.parameters.widget.choices.Label;

/** How levels are weighted over which means are taken. */
enum WeightsMode {
    @Label(value = "Equal", description = "Each level the same: a population in which all are equally frequent.")
    EQUAL("other nominal columns are weighted equally"),
    @Label(value = "As frequent together", description = """
        Each combination of the other columns' levels as often as it occurs among all rows (emmeans: proportional).""")
    PROPORTIONAL("combinations of other nominal columns are weighted as frequent as they are among all rows"),
    @Label(value = "As frequent each", description = """
        Each level as often as it occurs among all rows, column by column (emmeans: outer; observed margins).""")
    MARGINS("other nominal columns are weighted as frequent as their levels are"),
    @Label(value = "As frequent beside the level", description = """
        Each combination as often as it occurs in rows of the level itself (emmeans: cells): nearly the means of the rows, \
        with all their imbalance.""")
    CELLS("combinations of other nominal columns are weighted as frequent as they are beside the level");

    private final String words;

    WeightsMode(final String words) {
        this.words = words;
    }

    /** How it stands in a caption. */
    String words() {
        return words;
    }
}
