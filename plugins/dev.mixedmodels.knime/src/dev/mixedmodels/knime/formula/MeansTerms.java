package dev.mixedmodels.knime.formula;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.TermTexts;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.Objections;
import java.util.List;
import java.util.function.Predicate;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;

/** Reads what least-squares means are wanted of: columns, and interactions as "a:b". */
public final class MeansTerms {
    /** Title of the setting for the terms. */
    public static final String OF_TITLE = "Means of";
    /** Title of the setting for the column at whose values they are taken. */
    public static final String AT_TITLE = "Means for each value of";

    private MeansTerms() {
    }

    /**
     * Means are of fixed effects and at fixed effects.
     *
     * @param texts the chosen terms
     * @param at the column at whose values they are taken, empty for none
     * @param model the model
     * @param spec the input table
     * @throws InvalidSettingsException if there are no such columns, or no such fixed effects
     */
    public static void check(final String[] texts, final String at, final Formula model, final DataTableSpec spec)
        throws InvalidSettingsException {
        final List<List<String>> terms = parse(texts, spec::containsName);
        for (final String column : terms == null ? List.<String>of() : terms.stream().flatMap(List::stream).toList()) {
            requireFixed(model, column, "of", OF_TITLE);
        }
        if (!at.isEmpty()) {
            ColumnChecks.requireUsable(spec, at, "means", AT_TITLE);
            requireFixed(model, at, "at the values of", AT_TITLE);
        }
    }

    private static void requireFixed(final Formula model, final String column, final String what, final String title)
        throws InvalidSettingsException {
        if (!model.fixed().columns().contains(column)) {
            throw new InvalidSettingsException("Least-squares means are asked for " + what + " \"" + column
                + "\", which is no fixed effect. Make it one, or choose another column under \"" + title + "\".");
        }
    }

    /**
     * @param texts the chosen terms; names of columns may hold colons
     * @param isColumn whether there is a column of a name
     * @return the columns of each term; null, for all nominal main effects, if no term is chosen
     * @throws InvalidSettingsException if a text is neither a column nor several of them with colons between
     */
    public static List<List<String>> parse(final String[] texts, final Predicate<String> isColumn)
        throws InvalidSettingsException {
        return Objections.of(() -> TermTexts.columns(List.of(texts), isColumn));
    }
}
