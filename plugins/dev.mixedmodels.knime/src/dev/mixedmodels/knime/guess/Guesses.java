package dev.mixedmodels.knime.guess;

import dev.mixedmodels.engine.common.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.knime.core.data.DataTableSpec;

/** The guesses for one run: made where nobody has chosen, and said in one warning. */
public final class Guesses {
    private final ColumnGuesses columns;
    private final List<String> made = new ArrayList<>();

    /**
     * @param facts what is known of the table
     */
    public Guesses(final TableFacts facts) {
        columns = new ColumnGuesses(facts);
    }

    /**
     * @param spec the input table, null if none is connected
     * @return guesses by names and types only
     */
    public static Guesses byNames(final DataTableSpec spec) {
        return new Guesses(TableFacts.of(spec));
    }

    /**
     * @param chosen columns, null or empty where none is chosen
     * @return those that are chosen
     */
    public static Set<String> taken(final String... chosen) {
        return Arrays.stream(chosen).filter(name -> name != null && !name.isEmpty()).collect(Collectors.toSet());
    }

    /**
     * @return how columns are guessed
     */
    public ColumnGuesses columns() {
        return columns;
    }

    /**
     * @param title title of a setting
     * @param chosen its value, null if nobody has chosen
     * @param guess names a column, or is empty for none
     * @return the value or the guess
     */
    public String column(final String title, final String chosen, final Supplier<String> guess) {
        if (chosen != null) {
            return chosen;
        }
        final String guessed = guess.get();
        say(title, guessed.isEmpty() ? "none" : '"' + guessed + '"');
        return guessed;
    }

    /**
     * @param title title of a setting
     * @param chosen its value, null if nobody has chosen
     * @param guess names columns
     * @return the value or the guess
     */
    public String[] columns(final String title, final String[] chosen, final Supplier<List<String>> guess) {
        if (chosen != null) {
            return chosen;
        }
        final List<String> guessed = guess.get();
        say(title, guessed.isEmpty() ? "none" : Words.quoted(guessed));
        return guessed.toArray(String[]::new);
    }

    /**
     * Remembers a guess for the warning.
     *
     * @param title title of the setting
     * @param value what was guessed, in words
     */
    public void say(final String title, final String value) {
        made.add(title + " = " + value);
    }

    /**
     * @param error why the model cannot be fitted
     * @return the same with what was guessed, for that may be the reason
     */
    public String with(final String error) {
        return made.isEmpty() ? error : error + "\n" + warning();
    }

    /**
     * @return what was guessed; empty if nothing was
     */
    public String warning() {
        return made.isEmpty() ? "" : "Guessed, for nothing was chosen: " + String.join("; ", made)
            + ". Open the dialog to choose.";
    }
}
